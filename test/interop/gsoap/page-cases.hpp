// Records, by pages.
#pragma once

#include <cstdlib>

#include "expect.hpp"

/** Checks one whole page of records with targets from `first` on. */
inline Page pageOf(Clm &clm, const std::string &group, int offset, int max, int total, int first, int count) {
  const Page page = clm.page(group, offset, max);
  same("errorCode", page.status.errorCode, 0);
  same<Text>("errorMessage", page.status.errorMessage, std::nullopt);
  same<std::vector<int>>("pagination", {page.offset, page.max}, {offset, max});
  same("total", page.total, total);
  std::vector<Text> ids, expected;
  for (const Record &record : page.items) ids.push_back(record.id);
  for (int number = first; number < first + count; ++number) expected.push_back("target-" + std::to_string(number));
  same("targets", ids, expected);
  return page;
}

inline void add(Clm &clm) {
  const std::string group = clm.group("add");
  const Record added = clm.add(group, "switch-1", "no answer");
  isTrue("recordId is a text", added.recordId && !added.recordId->empty());
  same<std::vector<Text>>("the record", {added.jobId, added.jobGroup, added.id, added.errorMessage, added.username},
                          {group, group, "switch-1", "no answer", clm.user});
  same("errorCode", added.errorCode, 7);
  same("its status", added.status.value().errorCode, 0);
  same<Text>("its status's message", added.status.value().errorMessage, std::nullopt);
  const Record listed = clm.page(group, 0, 10).items.at(0);
  same("recordId", listed.recordId, added.recordId);
  isTrue("created is the same", listed.created == added.created);
}

inline Cases pageCases() {
  return {
      {"page-none", [](Clm &clm) { pageOf(clm, clm.group("nothing"), 0, 100, 0, 1, 0); }},
      {"page-one",
       [](Clm &clm) {
         const Record record = pageOf(clm, "page-one", 0, 100, 1, 1, 1).items.at(0);
         same<std::vector<Text>>("the record",
                                 {record.jobId, record.jobGroup, record.errorMessage, record.username},
                                 {"job-of-page-one", "page-one", "message 1", "interop"});
         same("errorCode", record.errorCode, 1);
       }},
      {"page-three", [](Clm &clm) { pageOf(clm, "page-three", 0, 100, 3, 1, 3); }},
      {"page-250",
       [](Clm &clm) {
         pageOf(clm, "page-250", 0, 100, 250, 1, 100);
         pageOf(clm, "page-250", 100, 100, 250, 101, 100);
         pageOf(clm, "page-250", 200, 100, 250, 201, 50);
       }},
      {"page-past-end", [](Clm &clm) { pageOf(clm, "page-three", 3, 100, 3, 1, 0); }},
      {"page-max-0", [](Clm &clm) { pageOf(clm, "page-three", 0, 0, 3, 1, 0); }},
      {"page-all", [](Clm &clm) { pageOf(clm, "page-250", 0, -1, 250, 1, 250); }},
      {"invalid-pagination",
       [](Clm &clm) {
         const Page page = clm.page("page-three", -1, 10);
         same("errorCode", page.status.errorCode, 30);
         same<std::vector<int>>("pagination", {page.offset, page.max}, {-1, 10});
         isTrue("there are no items", page.items.empty());
       }},
      {"add", add},
      {"date-time",
       [](Clm &clm) {
         const time_t longAgo = 946701000;  // 1999-12-31T23:30:00-05:00; gSOAP writes every time in UTC.
         const time_t created = clm.add(clm.group("date-time"), "a", std::nullopt, longAgo).created.value();
         isTrue(std::to_string(created) + " is near now", std::labs(created - time(nullptr)) < 60);
       }},
  };
}

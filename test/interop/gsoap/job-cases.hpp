// The life of one job.
#pragma once

#include <algorithm>

#include "expect.hpp"

inline Text setComment(Clm &clm, const std::string &id, const Text &comment) {
  same("errorCode", clm.calls.setAsyncOperationJobComment(id, comment).errorCode, 0);
  return clm.job(id).value().comment;
}

inline void watch(Clm &clm) {
  const Texts targets{"one", "two", "three"};
  const std::string id = clm.start("walk", targets, {"40"});
  std::vector<int> seen;
  const auto ask = [&] {
    const Progress status = clm.calls.getAsyncOperationStatus(id);
    if (status.errorCode == 0) {
      same("targetIds", status.targetIds, targets);
      same("a percentage for each", static_cast<int>(status.progress.size()), 3);
      seen.push_back(status.overallPercentage);
    }
    return status.errorCode;
  };
  Clm::until<int>("the job is not found any more", ask, [](const int &errorCode) { return errorCode == 20; });
  isTrue("progress only grows: " + shown(seen), !seen.empty() && std::is_sorted(seen.begin(), seen.end()));
  const Job job = clm.job(id).value();
  same("status", job.status, 2);
  same<Text>("statusName", job.statusName, "Complete");
  same("overallPercentage", job.overallPercentage, 100);
  isTrue("completed is a time", job.completed.value() >= job.created.value());
}

inline Cases jobCases() {
  return {
      {"start",
       [](Clm &clm) {
         const std::string group = clm.group("start");
         const std::string id = clm.start("walk", {"a", "b", "c"}, {"0"}, group);
         const Job job = clm.job(id).value();
         same<std::vector<Text>>("the job", {job.jobId, job.jobGroup, job.operation, job.username},
                                 {id, group, "walk", clm.user});
       }},
      {"start-without-group",
       [](Clm &clm) {
         const std::string id = clm.start("walk");
         same<Text>("jobGroup", clm.job(id).value().jobGroup, id);
       }},
      {"watch", watch},
      {"failed-job",
       [](Clm &clm) {
         const std::string id = clm.start("fail", {}, {"the disk is full"});
         same<Text>("errorMessage", clm.untilStatus(id, "Failed").errorMessage, "the disk is full");
       }},
      {"kill",
       [](Clm &clm) {
         const std::string id = clm.start("walk", {"a"}, {FOREVER});
         clm.untilStatus(id, "Running");
         same("the first", clm.kill(id), 0);
         same("status", clm.untilStatus(id, "Killed").status, 4);
         same("the second", clm.kill(id), 22);
       }},
      {"null-job", [](Clm &clm) { isTrue("the job is null", !clm.job("no-such-job")); }},
      {"comment",
       [](Clm &clm) { same<Text>("comment", setComment(clm, clm.start("fail"), "ask José"), "ask José"); }},
      {"comment-cleared",
       [](Clm &clm) {
         const std::string id = clm.start("fail");
         setComment(clm, id, "soon gone");
         same("errorCode", clm.calls.setAsyncOperationJobComment(id, std::nullopt).errorCode, 0);
         const bool emptySent = clm.calls.wire.hasSent("<comment/>");
         const Text comment = clm.job(id).value().comment;
         if (comment == "" && emptySent) throw ToolkitFault("<comment/>");
         same<Text>("comment", comment, std::nullopt);
       }},
  };
}

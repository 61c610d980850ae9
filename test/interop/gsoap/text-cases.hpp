// Arrays and texts as arguments.
#pragma once

#include "expect.hpp"

/** Deletes unknown jobs: the answer has an item for each job id that arrived, in order. */
inline Case arrayOf(int count) {
  return [count](Clm &clm) {
    Texts ids;
    std::vector<std::pair<std::string, int>> expected;
    for (int number = 0; number < count; ++number) {
      ids.push_back("no-such-job-" + std::to_string(number));
      expected.emplace_back(ids.back(), 20);
    }
    const IdStatus answer = clm.calls.deleteAsyncOperationJobRecords(ids);
    same("errorCode", answer.errorCode, 0);
    same("items", answer.items, expected);
  };
}

/** The text comes back as it went, in the answer and from the list. */
inline std::pair<std::string, Case> keeps(const std::string &name, const Text &text) {
  return {name, [name, text](Clm &clm) {
            const std::string group = clm.group(name);
            same("the answer", clm.add(group, "a", text).errorMessage, text);
            same("the list", clm.page(group, 0, 10).items.at(0).errorMessage, text);
          }};
}

inline Cases textCases() {
  std::string longText;
  for (int count = 0; count < 5'760; ++count) longText += "0123456789abcdef";
  return {
      {"array-0", arrayOf(0)},
      {"array-1", arrayOf(1)},
      {"array-3", arrayOf(3)},
      keeps("empty-text", ""),
      keeps("null-text", std::nullopt),
      {"null-structure",
       [](Clm &clm) { isTrue("status is null", !clm.page("page-one", 0, 1).items.at(0).status); }},
      keeps("white-space", "  two before,\ttab,\n\nnew lines,   three within, two after  "),
      keeps("carriage-return", "one\r\ntwo\rthree"),
      {"unicode",
       [](Clm &clm) {
         const std::string text = "Zażółć gęślą jaźń, Ελλάδα, Кириллица, العربية, 日本語, \u00a0\u200b\ufffd";
         const Record added = clm.add("unicode-" + clm.user, "přepínač-日本", text);
         same<std::vector<Text>>("the record", {added.id, added.errorMessage}, {"přepínač-日本", text});
         const std::string group = clm.group("žluťoučký-日本");
         same<Text>("jobGroup", clm.job(clm.start("fail", {}, {}, group)).value().jobGroup, group);
       }},
      keeps("unicode-beyond-bmp", "😀 𝔘𝔫𝔦 𠀋 👩‍👩‍👧 \U0010fffd"),
      keeps("xml-characters", R"(<a href="x">&amp; & 'b' ]]> <!-- c --> <![CDATA[d]]></a>)"),
      keeps("long-text", longText),
  };
}

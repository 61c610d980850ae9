import static java.util.Arrays.stream;

import com.cisco.clm.*;
import java.util.List;
import java.util.Map;

/** Arrays and texts as arguments. */
final class TextCases {
  static void addTo(Map<String, Program.Case> cases) {
    cases.put("array-0", arrayOf());
    cases.put("array-1", arrayOf("no-such-job-0"));
    cases.put("array-3", arrayOf("no-such-job-0", "no-such-job-1", "no-such-job-2"));
    keeps(cases, "empty-text", "");
    keeps(cases, "null-text", null);
    cases.put("null-structure", clm -> Expect.same("status", clm.page("page-one", 0, 1).getItems()[0].getStatus(), null));
    keeps(cases, "white-space", "  two before,\ttab,\n\nnew lines,   three within, two after  ");
    cases.put("carriage-return", TextCases::carriageReturn);
    cases.put("unicode", clm -> {
      String text = "Zażółć gęślą jaźń, Ελλάδα, Кириллица, العربية, 日本語, \u00a0\u200b\ufffd";
      PersistentIDStatus added = clm.add("unicode-" + clm.user, "přepínač-日本", text, null);
      Expect.same("the record", List.of(added.getId(), added.getErrorMessage()), List.of("přepínač-日本", text));
      String group = clm.group("žluťoučký-日本");
      String id = clm.start("fail", new String[0], new String[0], group);
      Expect.same("jobGroup", clm.job(id).getJobGroup(), group);
    });
    keeps(cases, "unicode-beyond-bmp", "😀 𝔘𝔫𝔦 𠀋 👩‍👩‍👧 " + Character.toString(0x10fffd));
    keeps(cases, "xml-characters", "<a href=\"x\">&amp; & 'b' ]]> <!-- c --> <![CDATA[d]]></a>");
    keeps(cases, "long-text", "0123456789abcdef".repeat(5_760));
  }

  /** Deletes unknown jobs: the answer has an item for each job id that arrived, in order. */
  private static Program.Case arrayOf(String... ids) {
    return clm -> {
      IDStatus answer = clm.port.deleteAsyncOperationJobRecords(clm.token, ids);
      Expect.same("errorCode", answer.getErrorCode(), 0);
      Expect.same(
          "items",
          stream(answer.getItems()).map(item -> Expect.list(item.getId(), item.getErrorCode())).toList(),
          stream(ids).map(id -> Expect.list(id, 20)).toList());
    };
  }

  /** A carriage return that is not written as a reference is a newline to whoever reads it, by XML 1.0, 2.11. */
  private static void carriageReturn(Clm clm) throws Exception {
    String text = "one\r\ntwo\rthree";
    String answer = clm.add(clm.group("carriage-return"), "a", text, null).getErrorMessage();
    String sent = Wire.elementOf(clm.wire.lastRequest, "errorMessage");
    if (!answer.equals(text) && sent.contains(text)) throw new Expect.ToolkitFault(sent);
    Expect.same("the answer", answer, text);
  }

  /** The text comes back as it went, in the answer and from the list. */
  private static void keeps(Map<String, Program.Case> cases, String name, String text) {
    cases.put(name, clm -> {
      String group = clm.group(name);
      Expect.same("the answer", clm.add(group, "a", text, null).getErrorMessage(), text);
      Expect.same("the list", clm.page(group, 0, 10).getItems()[0].getErrorMessage(), text);
    });
  }
}

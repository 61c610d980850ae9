using System;
using System.Linq;
using System.Text.RegularExpressions;

/// <summary>Arrays and texts as arguments.</summary>
public static class TextCases {
  public static readonly Cases All = new Cases {
    {"array-0", ArrayOf()},
    {"array-1", ArrayOf("no-such-job-0")},
    {"array-3", ArrayOf("no-such-job-0", "no-such-job-1", "no-such-job-2")},
    {"empty-text", Keeps("empty-text", "")},
    {"null-text", Keeps("null-text", null)},
    {"null-structure", clm => Expect.Same("status", clm.Page("page-one", 0, 1).items[0].status, null)},
    {"white-space", Keeps("white-space", "  two before,\ttab,\n\nnew lines,   three within, two after  ")},
    {"carriage-return", CarriageReturn},
    {"unicode", clm => {
      string text = "Zażółć gęślą jaźń, Ελλάδα, Кириллица, العربية, 日本語, \u00a0\u200b\ufffd";
      PersistentIDStatus added = clm.Add("unicode-" + clm.User, "přepínač-日本", text);
      Expect.Same("the record", new[] {added.id, added.errorMessage}, new[] {"přepínač-日本", text});
      string group = clm.Group("žluťoučký-日本");
      Expect.Same("jobGroup", clm.Job(clm.Start("fail", group: group)).jobGroup, group);
    }},
    {"unicode-beyond-bmp", Keeps("unicode-beyond-bmp", "😀 𝔘𝔫𝔦 𠀋 👩‍👩‍👧 \U0010fffd")},
    {"xml-characters", Keeps("xml-characters", "<a href=\"x\">&amp; & 'b' ]]> <!-- c --> <![CDATA[d]]></a>")},
    {"long-text", Keeps("long-text", string.Concat(Enumerable.Repeat("0123456789abcdef", 5760)))},
  };

  /// <summary>Deletes unknown jobs: the answer has an item for each job id that arrived, in order.</summary>
  private static Action<Clm> ArrayOf(params string[] ids) => clm => {
    IDStatus answer = clm.Port.deleteAsyncOperationJobRecords(clm.Token, ids);
    Expect.Same("errorCode", answer.errorCode, 0);
    Expect.Same("items", answer.items.Select(item => $"{item.id}: {item.errorCode}"), ids.Select(id => $"{id}: 20"));
  };

  /// <summary>A carriage return that is not written as a reference is a newline to whoever reads it, by XML 1.0, 2.11.</summary>
  private static void CarriageReturn(Clm clm) {
    string text = "one\r\ntwo\rthree";
    string answer = clm.Add(clm.Group("carriage-return"), "a", text).errorMessage;
    string sent = Regex.Match(Wire.LastRequest, "<errorMessage\\b[^>]*>[^<]*</errorMessage>").Value;
    if (answer != text && sent.Contains(text)) throw new ToolkitFault(sent);
    Expect.Same("the answer", answer, text);
  }

  /// <summary>The text comes back as it went, in the answer and from the list.</summary>
  private static Action<Clm> Keeps(string name, string text) => clm => {
    string group = clm.Group(name);
    Expect.Same("the answer", clm.Add(group, "a", text).errorMessage, text);
    Expect.Same("the list", clm.Page(group, 0, 10).items[0].errorMessage, text);
  };
}

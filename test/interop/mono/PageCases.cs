using System;
using System.Collections.Generic;
using System.Linq;

/// <summary>Records, by pages.</summary>
public static class PageCases {
  public static readonly Cases All = new Cases {
    {"page-none", clm => PageOf(clm, clm.Group("nothing"), 0, 100, 0, Targets(1, 0))},
    {"page-one", clm => {
      PersistentIDStatus record = PageOf(clm, "page-one", 0, 100, 1, Targets(1, 1)).items[0];
      Expect.Same(
          "the record",
          new object[] {record.jobId, record.jobGroup, record.errorCode, record.errorMessage, record.username},
          new object[] {"job-of-page-one", "page-one", 1, "message 1", "interop"});
    }},
    {"page-three", clm => PageOf(clm, "page-three", 0, 100, 3, Targets(1, 3))},
    {"page-250", clm => {
      PageOf(clm, "page-250", 0, 100, 250, Targets(1, 100));
      PageOf(clm, "page-250", 100, 100, 250, Targets(101, 100));
      PageOf(clm, "page-250", 200, 100, 250, Targets(201, 50));
    }},
    {"page-past-end", clm => PageOf(clm, "page-three", 3, 100, 3, Targets(1, 0))},
    {"page-max-0", clm => PageOf(clm, "page-three", 0, 0, 3, Targets(1, 0))},
    {"page-all", clm => PageOf(clm, "page-250", 0, -1, 250, Targets(1, 250))},
    {"invalid-pagination", clm => {
      PersistentIDStatusPagingInfo page = clm.Page("page-three", -1, 10);
      Expect.Same("errorCode", page.status.errorCode, 30);
      Expect.Same("pagination", new[] {page.pagination.offset, page.pagination.max}, new[] {-1, 10});
      Expect.Same("items", page.items.Length, 0);
    }},
    {"add", Add},
    {"date-time", clm => {
      // .NET writes a local time with the offset of here.
      var longAgo = new DateTime(1999, 12, 31, 23, 30, 0, DateTimeKind.Local);
      DateTime created = clm.Add(clm.Group("date-time"), "a", null, longAgo).created.Value;
      TimeSpan distance = created.ToUniversalTime() - DateTime.UtcNow;
      Expect.True($"{created:o} is near now", distance.Duration() < TimeSpan.FromMinutes(1));
    }},
  };

  private static void Add(Clm clm) {
    string group = clm.Group("add");
    PersistentIDStatus added = clm.Add(group, "switch-1", "no answer");
    Expect.True("recordId is a text", !string.IsNullOrEmpty(added.recordId));
    Expect.Same(
        "the record",
        new object[] {added.jobId, added.jobGroup, added.id, added.errorCode, added.errorMessage, added.username},
        new object[] {group, group, "switch-1", 7, "no answer", clm.User});
    Expect.Same(
        "its status", new object[] {added.status.errorCode, added.status.errorMessage}, new object[] {0, null});
    PersistentIDStatus listed = clm.Page(group, 0, 10).items[0];
    Expect.Same("recordId", listed.recordId, added.recordId);
    Expect.Same("created", listed.created, added.created);
  }

  private static IEnumerable<string> Targets(int first, int count) =>
      Enumerable.Range(first, count).Select(number => $"target-{number}");

  /// <summary>Checks one whole page.</summary>
  private static PersistentIDStatusPagingInfo PageOf(
      Clm clm, string group, int offset, int max, int total, IEnumerable<string> expected) {
    PersistentIDStatusPagingInfo page = clm.Page(group, offset, max);
    Expect.Same("status", new object[] {page.status.errorCode, page.status.errorMessage}, new object[] {0, null});
    Expect.Same("pagination", new[] {page.pagination.offset, page.pagination.max}, new[] {offset, max});
    Expect.Same("total", page.total, total);
    Expect.Same("targets", page.items.Select(item => item.id), expected);
    return page;
  }
}

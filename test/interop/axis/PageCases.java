import static java.util.Arrays.stream;

import com.cisco.clm.*;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Records, by pages. */
final class PageCases {
  static void addTo(Map<String, Program.Case> cases) {
    cases.put("page-none", clm -> pageOf(clm, clm.group("nothing"), 0, 100, 0, List.of()));
    cases.put("page-one", clm -> {
      PersistentIDStatus record = pageOf(clm, "page-one", 0, 100, 1, targets(1, 1)).getItems()[0];
      Expect.same(
          "the record",
          Expect.list(
              record.getJobId(),
              record.getJobGroup(),
              record.getErrorCode(),
              record.getErrorMessage(),
              record.getUsername()),
          Expect.list("job-of-page-one", "page-one", 1, "message 1", "interop"));
    });
    cases.put("page-three", clm -> pageOf(clm, "page-three", 0, 100, 3, targets(1, 3)));
    cases.put("page-250", clm -> {
      pageOf(clm, "page-250", 0, 100, 250, targets(1, 100));
      pageOf(clm, "page-250", 100, 100, 250, targets(101, 100));
      pageOf(clm, "page-250", 200, 100, 250, targets(201, 50));
    });
    cases.put("page-past-end", clm -> pageOf(clm, "page-three", 3, 100, 3, List.of()));
    cases.put("page-max-0", clm -> pageOf(clm, "page-three", 0, 0, 3, List.of()));
    cases.put("page-all", clm -> pageOf(clm, "page-250", 0, -1, 250, targets(1, 250)));
    cases.put("invalid-pagination", clm -> {
      PersistentIDStatusPagingInfo page = clm.page("page-three", -1, 10);
      Expect.same("errorCode", page.getStatus().getErrorCode(), 30);
      Expect.same("offset", page.getPagination().getOffset(), -1);
      Expect.same("max", page.getPagination().getMax(), 10);
      Expect.same("items", page.getItems().length, 0);
    });
    cases.put("add", PageCases::add);
    cases.put("date-time", clm -> {
      Calendar longAgo = GregorianCalendar.from(OffsetDateTime.parse("1999-12-31T23:30:00-05:00").toZonedDateTime());
      Calendar created = clm.add(clm.group("date-time"), "a", null, longAgo).getCreated();
      long distance = Math.abs(created.getTimeInMillis() - System.currentTimeMillis());
      Expect.isTrue(created.getTime() + " is near now", distance < 60_000);
    });
  }

  private static void add(Clm clm) throws Exception {
    String group = clm.group("add");
    PersistentIDStatus added = clm.add(group, "switch-1", "no answer", null);
    Expect.isTrue("recordId is a text", added.getRecordId() != null && !added.getRecordId().isEmpty());
    Expect.same(
        "the record",
        Expect.list(
            added.getJobId(),
            added.getJobGroup(),
            added.getId(),
            added.getErrorCode(),
            added.getErrorMessage(),
            added.getUsername()),
        Expect.list(group, group, "switch-1", 7, "no answer", clm.user));
    Status status = added.getStatus();
    Expect.same("its status", Expect.list(status.getErrorCode(), status.getErrorMessage()), Expect.list(0, null));
    PersistentIDStatus listed = clm.page(group, 0, 10).getItems()[0];
    Expect.same("recordId", listed.getRecordId(), added.getRecordId());
    Expect.same("created", listed.getCreated(), added.getCreated());
  }

  private static List<String> targets(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(number -> "target-" + number).toList();
  }

  /** Checks one whole page. */
  private static PersistentIDStatusPagingInfo pageOf(
      Clm clm, String group, int offset, int max, int total, List<String> expected) throws Exception {
    PersistentIDStatusPagingInfo page = clm.page(group, offset, max);
    Status status = page.getStatus();
    Expect.same("status", Expect.list(status.getErrorCode(), status.getErrorMessage()), Expect.list(0, null));
    Pagination asked = page.getPagination();
    Expect.same("pagination", List.of(asked.getOffset(), asked.getMax()), List.of(offset, max));
    Expect.same("total", page.getTotal(), total);
    Expect.same("targets", stream(page.getItems()).map(PersistentIDStatus::getId).toList(), expected);
    return page;
  }
}

import static java.util.Arrays.stream;

import com.cisco.clm.*;
import java.util.List;
import java.util.Map;

/** Several jobs at once. */
final class JobListCases {
  static void addTo(Map<String, Program.Case> cases) {
    cases.put("list-running", clm -> {
      String ended = clm.startFailing();
      String running = clm.startForever();
      clm.untilStatus(ended, "Failed");
      clm.untilStatus(running, "Running");
      ClmJobStatus answer = clm.port.listRunningAsyncOperationJobRecords(clm.token, false);
      clm.kill(running);
      Expect.same("jobs", jobs(answer).stream().map(ClmJob::getJobId).toList(), List.of(running));
    });
    cases.put("list-all", clm -> {
      String id = clm.startFailing();
      clm.untilStatus(id, "Failed");
      ClmJobStatus answer = clm.port.listAllAsyncOperationJobRecords(clm.token, false);
      Expect.same("errorCode", answer.getErrorCode(), 0);
      List<ClmJob> jobs = jobs(answer);
      Expect.isTrue("the job is in it", jobs.stream().anyMatch(job -> job.getJobId().equals(id)));
      Expect.same("owners", jobs.stream().map(ClmJob::getUsername).distinct().toList(), List.of(clm.user));
    });
    cases.put("all-users-refused", clm -> {
      ClmJobStatus answer = clm.port.listAllAsyncOperationJobRecords(clm.token, true);
      Expect.same("errorCode", answer.getErrorCode(), 13);
      Expect.same("items", answer.getItems().length, 0);
    });
    cases.put("delete", JobListCases::delete);
  }

  private static void delete(Clm clm) throws Exception {
    String group = clm.group("delete");
    String ended = clm.start("walk", new String[] {"a"}, new String[] {"0"}, group);
    String running = clm.startForever();
    clm.untilStatus(ended, "Complete");
    Expect.same("records", clm.page(group, 0, -1).getTotal(), 1);
    String[] ids = {ended, running, "no-such-job"};
    IDStatus answer = clm.port.deleteAsyncOperationJobRecords(clm.token, ids);
    clm.kill(running);
    Expect.same("errorCode", answer.getErrorCode(), 0);
    Expect.same(
        "items",
        stream(answer.getItems()).map(item -> Expect.list(item.getId(), item.getErrorCode())).toList(),
        List.of(Expect.list(ended, 0), Expect.list(running, 21), Expect.list("no-such-job", 20)));
    Expect.same("the job", clm.job(ended), null);
    Expect.same("records", clm.page(group, 0, -1).getTotal(), 0);
  }

  private static List<ClmJob> jobs(ClmJobStatus answer) {
    return stream(answer.getItems()).map(ClmJobStatusItem::getClmJob).toList();
  }
}

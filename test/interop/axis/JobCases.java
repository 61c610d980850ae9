import static java.util.Arrays.asList;

import com.cisco.clm.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The life of one job. */
final class JobCases {
  static void addTo(Map<String, Program.Case> cases) {
    cases.put("start", clm -> {
      String group = clm.group("start");
      String id = clm.start("walk", new String[] {"a", "b", "c"}, new String[] {"0"}, group);
      ClmJob job = clm.job(id);
      Expect.same(
          "the job",
          asList(job.getJobId(), job.getJobGroup(), job.getOperation(), job.getUsername()),
          asList(id, group, "walk", clm.user));
    });
    cases.put("start-without-group", clm -> {
      String id = clm.start("walk", new String[0], new String[0], null);
      Expect.same("jobGroup", clm.job(id).getJobGroup(), id);
    });
    cases.put("watch", JobCases::watch);
    cases.put("failed-job", clm -> {
      String id = clm.start("fail", new String[0], new String[] {"the disk is full"}, null);
      Expect.same("errorMessage", clm.untilStatus(id, "Failed").getErrorMessage(), "the disk is full");
    });
    cases.put("kill", clm -> {
      String id = clm.startForever();
      clm.untilStatus(id, "Running");
      Expect.same("the first", clm.kill(id), 0);
      Expect.same("status", clm.untilStatus(id, "Killed").getStatus(), 4);
      Expect.same("the second", clm.kill(id), 22);
    });
    cases.put("null-job", clm -> Expect.same("the job", clm.job("no-such-job"), null));
    cases.put("comment", clm -> Expect.same("comment", setComment(clm, clm.startFailing(), "ask José"), "ask José"));
    cases.put("comment-cleared", clm -> {
      String id = clm.startFailing();
      setComment(clm, id, "soon gone");
      Expect.same("comment", setComment(clm, id, null), null);
    });
  }

  private static void watch(Clm clm) throws Exception {
    String[] targets = {"one", "two", "three"};
    String id = clm.start("walk", targets, new String[] {"40"}, null);
    List<Integer> seen = new ArrayList<>();
    Clm.Ask<Integer> ask = () -> {
      ProgressStatus status = clm.port.getAsyncOperationStatus(clm.token, id);
      if (status.getErrorCode() == 0) {
        Expect.same("targetIds", asList(status.getTargetIds()), asList(targets));
        Expect.same("a percentage for each", status.getProgress().length, 3);
        seen.add(status.getOverallPercentage());
      }
      return status.getErrorCode();
    };
    Clm.until("the job is not found any more", ask, errorCode -> errorCode == 20);
    Expect.isTrue("progress only grows: " + seen, !seen.isEmpty() && seen.stream().sorted().toList().equals(seen));
    ClmJob job = clm.job(id);
    Expect.same(
        "the job",
        Expect.list(job.getStatus(), job.getStatusName(), job.getOverallPercentage()),
        Expect.list(2, "Complete", 100));
    Expect.isTrue("completed is a time", !job.getCompleted().before(job.getCreated()));
  }

  private static String setComment(Clm clm, String id, String comment) throws Exception {
    Status status = clm.port.setAsyncOperationJobComment(clm.token, id, comment);
    Expect.same("errorCode", status.getErrorCode(), 0);
    return clm.job(id).getComment();
  }
}

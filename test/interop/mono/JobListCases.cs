using System.Linq;

/// <summary>Several jobs at once.</summary>
public static class JobListCases {
  public static readonly Cases All = new Cases {
    {"list-running", clm => {
      string ended = clm.Start("fail"), running = clm.StartForever();
      clm.UntilStatus(ended, "Failed");
      clm.UntilStatus(running, "Running");
      ClmJobStatus answer = clm.Port.listRunningAsyncOperationJobRecords(clm.Token, false);
      clm.Kill(running);
      Expect.Same("jobs", answer.items.Select(item => item.clmJob.jobId), new[] {running});
    }},
    {"list-all", clm => {
      string id = clm.Start("fail");
      clm.UntilStatus(id, "Failed");
      ClmJobStatus answer = clm.Port.listAllAsyncOperationJobRecords(clm.Token, false);
      Expect.Same("errorCode", answer.errorCode, 0);
      Expect.True("the job is in it", answer.items.Any(item => item.clmJob.jobId == id));
      Expect.Same("owners", answer.items.Select(item => item.clmJob.username).Distinct(), new[] {clm.User});
    }},
    {"all-users-refused", clm => {
      ClmJobStatus answer = clm.Port.listAllAsyncOperationJobRecords(clm.Token, true);
      Expect.Same("errorCode", answer.errorCode, 13);
      Expect.Same("items", answer.items.Length, 0);
    }},
    {"delete", Delete},
  };

  private static void Delete(Clm clm) {
    string group = clm.Group("delete");
    string ended = clm.Start("walk", new[] {"a"}, new[] {"0"}, group), running = clm.StartForever();
    clm.UntilStatus(ended, "Complete");
    Expect.Same("records", clm.Page(group, 0, -1).total, 1);
    IDStatus answer = clm.Port.deleteAsyncOperationJobRecords(clm.Token, new[] {ended, running, "no-such-job"});
    clm.Kill(running);
    Expect.Same("errorCode", answer.errorCode, 0);
    Expect.Same(
        "items",
        answer.items.Select(item => $"{item.id}: {item.errorCode}"),
        new[] {$"{ended}: 0", $"{running}: 21", "no-such-job: 20"});
    Expect.Same("the job", clm.Job(ended), null);
    Expect.Same("records", clm.Page(group, 0, -1).total, 0);
  }
}

using System;
using System.Collections.Generic;
using System.Linq;

/// <summary>The life of one job.</summary>
public static class JobCases {
  public static readonly Cases All = new Cases {
    {"start", clm => {
      string group = clm.Group("start");
      string id = clm.Start("walk", new[] {"a", "b", "c"}, new[] {"0"}, group);
      ClmJob job = clm.Job(id);
      Expect.Same(
          "the job",
          new[] {job.jobId, job.jobGroup, job.operation, job.username},
          new[] {id, group, "walk", clm.User});
    }},
    {"start-without-group", clm => {
      string id = clm.Start("walk");
      Expect.Same("jobGroup", clm.Job(id).jobGroup, id);
    }},
    {"watch", Watch},
    {"failed-job", clm => {
      string id = clm.Start("fail", arguments: new[] {"the disk is full"});
      Expect.Same("errorMessage", clm.UntilStatus(id, "Failed").errorMessage, "the disk is full");
    }},
    {"kill", clm => {
      string id = clm.StartForever();
      clm.UntilStatus(id, "Running");
      Expect.Same("the first", clm.Kill(id), 0);
      Expect.Same("status", clm.UntilStatus(id, "Killed").status, 4);
      Expect.Same("the second", clm.Kill(id), 22);
    }},
    {"null-job", clm => Expect.Same("the job", clm.Job("no-such-job"), null)},
    {"comment", clm => Expect.Same("comment", SetComment(clm, clm.Start("fail"), "ask José"), "ask José")},
    {"comment-cleared", clm => {
      string id = clm.Start("fail");
      SetComment(clm, id, "soon gone");
      Expect.Same("comment", SetComment(clm, id, null), null);
    }},
  };

  private static void Watch(Clm clm) {
    string[] targets = {"one", "two", "three"};
    string id = clm.Start("walk", targets, new[] {"40"});
    var seen = new List<int>();
    Func<int> ask = () => {
      ProgressStatus status = clm.Port.getAsyncOperationStatus(clm.Token, id);
      if (status.errorCode == 0) {
        Expect.Same("targetIds", status.targetIds, targets);
        Expect.Same("a percentage for each", status.progress.Length, 3);
        seen.Add(status.overallPercentage);
      }
      return status.errorCode;
    };
    Clm.Until("the job is not found any more", ask, errorCode => errorCode == 20);
    Expect.True("it was seen at work", seen.Count > 0);
    Expect.Same("progress, which only grows,", seen, seen.OrderBy(percentage => percentage));
    ClmJob job = clm.Job(id);
    Expect.Same(
        "the job",
        new object[] {job.status, job.statusName, job.overallPercentage},
        new object[] {2, "Complete", 100});
    Expect.True("completed is a time", job.completed >= job.created);
  }

  private static string SetComment(Clm clm, string id, string comment) {
    Status status = clm.Port.setAsyncOperationJobComment(clm.Token, id, comment);
    Expect.Same("errorCode", status.errorCode, 0);
    return clm.Job(id).comment;
  }
}

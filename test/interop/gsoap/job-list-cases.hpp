// Several jobs at once.
#pragma once

#include <algorithm>

#include "expect.hpp"

inline void deleteJobs(Clm &clm) {
  const std::string group = clm.group("delete");
  const std::string ended = clm.start("walk", {"a"}, {"0"}, group);
  const std::string running = clm.start("walk", {"a"}, {FOREVER});
  clm.untilStatus(ended, "Complete");
  same("records", clm.page(group, 0, -1).total, 1);
  const IdStatus answer = clm.calls.deleteAsyncOperationJobRecords({ended, running, "no-such-job"});
  clm.kill(running);
  same("errorCode", answer.errorCode, 0);
  same("items", answer.items, {{ended, 0}, {running, 21}, {"no-such-job", 20}});
  isTrue("the job is null", !clm.job(ended));
  same("records", clm.page(group, 0, -1).total, 0);
}

inline Cases jobListCases() {
  return {
      {"list-running",
       [](Clm &clm) {
         const std::string ended = clm.start("fail"), running = clm.start("walk", {"a"}, {FOREVER});
         clm.untilStatus(ended, "Failed");
         clm.untilStatus(running, "Running");
         const Jobs answer = clm.calls.listRunningAsyncOperationJobRecords(false);
         clm.kill(running);
         same("jobs", static_cast<int>(answer.jobs.size()), 1);
         same<Text>("the job", answer.jobs[0].jobId, running);
       }},
      {"list-all",
       [](Clm &clm) {
         const std::string id = clm.start("fail");
         clm.untilStatus(id, "Failed");
         const Jobs answer = clm.calls.listAllAsyncOperationJobRecords(false);
         same("errorCode", answer.errorCode, 0);
         const auto isIt = [&](const Job &job) { return job.jobId == id; };
         isTrue("the job is in it", std::any_of(answer.jobs.begin(), answer.jobs.end(), isIt));
         for (const Job &job : answer.jobs) same<Text>("owner", job.username, clm.user);
       }},
      {"all-users-refused",
       [](Clm &clm) {
         const Jobs answer = clm.calls.listAllAsyncOperationJobRecords(true);
         same("errorCode", answer.errorCode, 13);
         isTrue("there are no items", answer.jobs.empty());
       }},
      {"delete", deleteJobs},
  };
}

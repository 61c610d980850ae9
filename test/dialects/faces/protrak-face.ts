import { ask, type Face, timeOf } from './face.ts';

interface AsyncJob {
  readonly id: string;
  readonly status: string;
  readonly creator: { readonly userName: string };
  readonly created: string;
  readonly completedDate: string | null;
  readonly errorMessage?: string;
  readonly programExecutionInfo: { readonly programName: string };
}

/** Protrak: ExecuteCommonProgramAsAsyncJob, and the AsyncJob of GetAsyncJob, which has an error only when it is Failed. */
export function protrakFace(origin: string, token: string): Face {
  const api = `${origin}/protrak/api`;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };

  return {
    async submit() {
      const url = `${api}/programs/walk/executeCommonProgramAsAsyncJob`;
      const id: string = JSON.parse(await ask(url, { method: 'POST', headers, body: '[]' }));
      return { id, group: id };
    },

    async read({ id }) {
      const job: AsyncJob = JSON.parse(await ask(`${api}/asyncJobs/${id}`, { headers }));
      return {
        status: job.status,
        facts: {
          id: job.id,
          owner: job.creator.userName,
          program: job.programExecutionInfo.programName,
          created: Date.parse(job.created),
          completed: timeOf(job.completedDate),
          ...(job.errorMessage !== undefined && { error: job.errorMessage }),
        },
      };
    },
  };
}

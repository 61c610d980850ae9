import { ask, type Face, type JobNames } from './face.ts';

interface JobStatus {
  readonly Id: string;
  readonly Address: string;
  readonly Identity: string;
  readonly StatusMessage: string | null;
  readonly Created: string;
  readonly Updated: string;
  readonly Completed: string | null;
  readonly Status: number;
}

/** Web3: a JobRepr is posted in status Created, and queued by a second one; its JobStatusRepr is read in JSON and XML. */
export interface Web3Face extends Face {
  release(job: JobNames): Promise<void>;
  cancel(job: JobNames): Promise<void>;
}

export function web3Face(origin: string, token: string): Web3Face {
  const jobsOf = (topicMap: string) => `${origin}/web3/topicmaps/${encodeURIComponent(topicMap)}/jobs`;
  const send = (url: string, method: string, type: string, body?: string) =>
    ask(url, {
      method,
      headers: { Authorization: `Bearer ${token}`, Accept: type, 'Content-Type': type },
      ...(body !== undefined && { body }),
    });
  const representation = (status: number) =>
    JSON.stringify({ JobType: 1, Status: status, Parameters: 'Program=walk' });
  let count = 0;

  return {
    async submit() {
      count += 1;
      const topicMap = `opera, edition ${count}`;
      const job = await send(jobsOf(topicMap), 'POST', 'application/json', representation(0));
      return { id: (JSON.parse(job) as JobStatus).Id, group: topicMap };
    },

    async release({ id, group }) {
      await send(`${jobsOf(group)}/${id}`, 'PUT', 'application/json', representation(1));
    },

    async cancel({ id, group }) {
      await send(`${jobsOf(group)}/${id}`, 'DELETE', 'application/json');
    },

    async read({ id, group }) {
      const address = `${jobsOf(group)}/${id}`;
      const job: JobStatus = JSON.parse(await send(address, 'GET', 'application/json'));
      const [, name] = /<JobStatus [^>]*\bStatus="(\w+)"/.exec(await send(address, 'GET', 'text/xml')) ?? [];
      return {
        status: `${job.Status} ${name}`,
        facts: {
          id: job.Id,
          group: decodeURIComponent(new URL(job.Address).pathname.split('/')[3] ?? ''),
          owner: job.Identity,
          error: job.StatusMessage,
          created: millisecondsOf(job.Created),
          updated: millisecondsOf(job.Updated),
          completed: job.Completed === null ? null : millisecondsOf(job.Completed),
        },
      };
    },
  };
}

function millisecondsOf(date: string): number {
  return Number(/^\/Date\((\d+)\)\/$/.exec(date)?.[1]);
}

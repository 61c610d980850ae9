import { ClmClient, element, textOf } from '../../e2e/clm-client.ts';
import { type Face, type JobNames, timeOf } from './face.ts';

/** Cisco License Manager: asyncExecuteProgram, and the ClmJob of getAsyncOperationJobRecords, which is left out where there is none. */
export interface ClmFace extends Face {
  kill(job: JobNames): Promise<void>;
  /** Deletes the record of a job that has ended. */
  remove(job: JobNames): Promise<void>;
}

export function clmFace(origin: string, token: string): ClmFace {
  const client = new ClmClient(origin, token);
  let count = 0;

  return {
    /** A group may have any name: each other face must find this one too. */
    async submit() {
      count += 1;
      const group = `nightly ${count}; Köln / 50% & <more>?`;
      return { id: await client.execute('walk', { group, targets: ['a'] }), group };
    },

    async kill({ id }) {
      await client.kill(id);
    },

    async remove({ id }) {
      await client.call('deleteAsyncOperationJobRecords', `<job_ids>${element('item', id)}</job_ids>`);
    },

    async read({ id }) {
      const job = await client.call('getAsyncOperationJobRecords', element('job_id', id));
      const text = (name: string) => textOf(job, name);
      return {
        status: `${text('status')} ${text('statusName')}`.trim(),
        facts: {
          id: text('jobId'),
          group: text('jobGroup'),
          owner: text('username'),
          program: text('operation'),
          error: text('errorMessage') || null,
          created: Date.parse(text('created')),
          updated: Date.parse(text('updated')),
          completed: timeOf(text('completed')),
        },
      };
    },
  };
}

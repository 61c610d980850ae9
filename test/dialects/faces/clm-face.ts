import { ClmClient, element, textOf } from '../../e2e/clm-client.ts';
import { type Face, timeOf } from './face.ts';

/** Cisco License Manager: asyncExecuteProgram, and the ClmJob of getAsyncOperationJobRecords. */
export function clmFace(origin: string, token: string): Face {
  const client = new ClmClient(origin, token);
  let count = 0;

  return {
    /** A group may have any name: each other face must find this one too. */
    async submit() {
      count += 1;
      const group = `nightly ${count}; Köln / 50% & <more>?`;
      return { id: await client.execute('walk', { group, targets: ['a'] }), group };
    },

    async read({ id }) {
      const job = await client.call('getAsyncOperationJobRecords', element('job_id', id));
      const text = (name: string) => textOf(job, name);
      return {
        status: `${text('status')} ${text('statusName')}`,
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

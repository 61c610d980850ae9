import type { ClaimedJob } from '../../src/core/job-queue.ts';
import type { Store } from '../../src/storage/open-store.ts';

/** Jobs that records are added to: all in one group, or each in its own. */
export interface RecordJobs {
  readonly one: readonly ClaimedJob[];
  readonly many: readonly ClaimedJob[];
}

/** Makes `count` running jobs of each kind, held by a worker that there is not, for an hour. */
export async function makeRecordJobs(store: Store, count: number): Promise<RecordJobs> {
  for (let number = 0; number < count; number++) {
    await store.jobs.insert(newJob(`one-${number}`, 'one'));
    await store.jobs.insert(newJob(`many-${number}`, `many-${number}`));
  }
  const claimed = await store.queue.claim({
    workerId: 'bench',
    limit: 2 * count,
    leaseMs: 3_600_000,
    now: Date.now(),
  });
  if (claimed.length !== 2 * count) throw new Error(`${claimed.length} jobs were claimed`);
  return {
    one: claimed.filter(({ group }) => group === 'one'),
    many: claimed.filter(({ group }) => group !== 'one'),
  };
}

function newJob(id: string, group: string) {
  const created = Date.now();
  return {
    ...{ id, group, created },
    ...({ program: 'walk', owner: 'admin', type: 'program', state: 'queued' } as const),
    ...{ arguments: [], targets: [], parameters: [] },
  };
}

/** One of the jobs after the other, over and over. */
export function inTurn(jobs: readonly ClaimedJob[]): () => ClaimedJob {
  let turn = 0;
  return () => {
    const job = jobs[turn++ % jobs.length];
    if (!job) throw new Error('there are no jobs');
    return job;
  };
}

import { createHash, randomBytes } from 'node:crypto';
import type { NewAccount } from '../../../src/core/account.ts';
import type { Store } from '../../../src/storage/open-store.ts';
import { sampleJob, sampleRecord } from '../../storage/sample-job.ts';
import { sampleSchedule } from '../../storage/sample-schedule.ts';
import { type Scene, SECRET } from './route.ts';

const HOUR_MS = 3_600_000;

/** A new schedule of ann's with an execution, its job, and what belongs to that. */
export async function makeScene(store: Store, origin: string, ended: boolean): Promise<Scene> {
  const schedule = sampleSchedule({ owner: 'ann', cron: null, nextRun: null });
  await store.schedules.insert(schedule, { arguments: [], parameters: [] });
  const job = sampleJob({
    group: `run-of-${schedule.id.slice(0, 8)}`,
    owner: 'ann',
    state: 'created',
    arguments: [SECRET],
    targets: [SECRET],
    parameters: [{ name: 'Secret', value: SECRET }],
  });
  const { id: jobId, group } = job;
  const execution = {
    id: group,
    scheduleId: schedule.id,
    owner: 'ann',
    trigger: 'demand',
    created: job.created,
  } as const;
  await store.schedules.insertExecution({ execution, job }, false);
  await store.jobData.append({ createdJob: jobId }, 'text/plain', dataOf(SECRET), job.created);
  await store.jobs.setComment(jobId, SECRET, job.created);
  await store.records.add(sampleRecord({ jobId, group, username: 'ann' }), 'known');
  if (ended) await store.jobs.requestCancel(jobId, job.created);
  return { origin, jobId, group, scheduleId: schedule.id };
}

async function* dataOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** All that somebody could have changed of ann's job. */
export async function lookAt(store: Store, { jobId }: Scene) {
  const [job, payload, data, records] = await Promise.all([
    store.jobs.findDetail(jobId),
    store.jobs.findPayload(jobId),
    store.jobData.list(jobId),
    store.records.pageByJob(jobId, { offset: 0, max: null }),
  ]);
  return { job, payload, data, records: records.total };
}

/** Opens a session without a log-in and returns its token. */
export async function openSession(
  store: Store,
  { username, passwordHash }: NewAccount,
  { expired = false } = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = Date.now();
  await store.sessions.insert(
    {
      tokenHash: createHash('sha256').update(token).digest('hex'),
      username,
      realm: 'clm',
      idleMs: HOUR_MS,
      created: now - HOUR_MS,
      lastUsed: now,
      expires: expired ? now - 1 : now + HOUR_MS,
    },
    { passwordHash, single: false },
  );
  return token;
}

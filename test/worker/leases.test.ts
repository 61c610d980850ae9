import { expect, test } from 'vitest';
import { JobgateError } from '../../src/core/error.ts';
import type { JobQueue } from '../../src/core/job-queue.ts';
import { eventually } from '../support/eventually.ts';
import { describeWorkers, describeWorkersOnSqlite } from './describe-workers.ts';

const away = () => Promise.reject(new JobgateError('STORE_UNAVAILABLE', 'the store is away'));
const CALLS: readonly (keyof JobQueue)[] = [
  'claim',
  'heartbeat',
  'report',
  'appendLog',
  'appendRecords',
  'finish',
  'giveBack',
  'rescue',
];

/** A queue that is away for as long as `isAway` says so of a call. */
function sometimesAway(queue: JobQueue, isAway: (call: keyof JobQueue) => boolean): Partial<JobQueue> {
  const reachable = (call: keyof JobQueue) =>
    ((...args: never[]) =>
      isAway(call) ? away() : (queue[call] as (...args: never[]) => unknown)(...args)) as never;
  return Object.fromEntries(CALLS.map((call) => [call, reachable(call)]));
}

describeWorkers('a lease', (rig) => {
  test('of a lost worker runs out and its job runs again, within the lease and 2 s', async () => {
    rig().program('which', 'return job.attempt;');
    const id = await rig().submit('which');
    const { queue } = rig().stores;
    const lost = { workerId: 'lost', limit: 1, leaseMs: 500, now: Date.now() };
    expect(await queue.claim(lost)).toHaveLength(1);
    rig().worker();
    await rig().reaches(id, 'completed', 500 + 2_000);
    expect((await rig().outcome(id)).result).toBe(2);
  });

  test('that another worker has by now stops the program, and nothing more is written', async () => {
    rig().program(
      'endless',
      `job.progress(1, 1); await new Promise((resolve) => { job.signal.onabort = resolve; }); job.log(3, 'still here');`,
    );
    const id = await rig().submit('endless');
    const queue = rig().recording();
    let taken = false;
    rig().worker({}, { heartbeat: async (...call) => (taken ? [] : queue.heartbeat(...call)) });
    await rig().counts(id);
    taken = true;
    await eventually('the loss is known', () => rig().logged.some((line) => line['departure'] === 'lost'));
    expect(rig().outcomes.get(id)).toBeUndefined();
    expect(rig().lines.get(id)).toBeUndefined();
  });

  test('that was taken away is noticed by the first write too', async () => {
    rig().program('record', `await job.record({ id: 'r', errorCode: 0 }); return 'not reached';`);
    await rig().submit('record');
    rig().worker({}, { appendRecords: async () => false, heartbeat: () => new Promise(() => {}) });
    await eventually('the loss is known', () => rig().logged.some((line) => line['departure'] === 'lost'));
    expect(rig().outcomes.size).toBe(0);
  });

  test('that cannot be renewed in time stops the program; the job runs again when the store is back', async () => {
    rig().program(
      'first',
      'job.progress(1, 1); if (job.attempt === 1) await new Promise(() => {}); return job.attempt;',
    );
    const id = await rig().submit('first');
    let isAway = false;
    let givenBack = false;
    const faults = sometimesAway(rig().recording(), (call) => {
      if (isAway && call === 'giveBack') givenBack = true;
      return isAway;
    });
    rig().worker({ leaseMs: 600 }, faults);
    await rig().counts(id);
    isAway = true;
    await eventually('the worker gives the job back, in vain', () => givenBack);
    isAway = false;
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe(2);
  });

  test('of a job whose claim was never answered is given back', async () => {
    rig().program('which', 'return job.attempt;');
    const id = await rig().submit('which');
    const queue = rig().recording();
    let claims = 0;
    rig().worker(
      { leaseMs: 600_000 },
      {
        claim: async (request) => {
          const jobs = await queue.claim(request);
          claims += 1;
          return claims === 1 ? away() : jobs;
        },
      },
    );
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe(2);
  });
});

describeWorkers('a worker whose store is away', (rig) => {
  test('claims again when it is back, and logs the outage once', async () => {
    rig().program('nothing', '');
    let isAway = true;
    let refused = 0;
    const faults = sometimesAway(rig().recording(), () => {
      if (isAway) refused += 1;
      return isAway;
    });
    rig().worker({}, faults);
    await eventually('it has asked several times', () => refused > 5);
    isAway = false;
    await rig().reaches(await rig().submit('nothing'), 'completed');
    const errors = rig().logged.filter((line) => (line['level'] as number) >= 50);
    expect(errors).toHaveLength(1);
    expect(rig().logged.filter((line) => line['msg'] === 'the job store answers again')).toHaveLength(1);
  });

  test('keeps what a program reported and returned meanwhile', async () => {
    rig().program(
      'report',
      `job.progress(1, 2);
       await new Promise((resolve) => setTimeout(resolve, 300));
       for (let i = 0; i < 50; i++) job.record({ id: 'r' + i, errorCode: 0 });
       job.progress(2, 2);
       return 'kept';`,
    );
    const id = await rig().submit('report');
    let isAway = false;
    let refused = 0;
    const faults = sometimesAway(rig().recording(), () => {
      if (isAway) refused += 1;
      return isAway;
    });
    rig().worker({ leaseMs: 60_000 }, faults);
    await rig().counts(id);
    isAway = true;
    await eventually('writes were refused', () => refused > 4);
    isAway = false;
    const { progress } = await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe('kept');
    expect(progress).toMatchObject({ count: 2, target: 2 });
    expect(await rig().recordIds(id)).toHaveLength(50);
  });

  test('can be stopped: it waits for its writes no longer than the leases last', async () => {
    rig().program('endless', 'job.progress(1, 1); await new Promise(() => {});');
    const id = await rig().submit('endless');
    let isAway = false;
    const worker = rig().worker(
      { leaseMs: 500, drainMs: 0 },
      sometimesAway(rig().recording(), () => isAway),
    );
    await rig().counts(id);
    isAway = true;
    await worker.stop();
    expect((await rig().job(id)).state).toBe('running');
  });

  test('can be stopped while the store does not even refuse', async () => {
    const worker = rig().worker({ leaseMs: 300, drainMs: 0 }, { claim: () => new Promise(() => {}) });
    await worker.stop();
  });
});

describeWorkersOnSqlite('a store that refuses', (rig) => {
  test('what a program reported fails the job', async () => {
    rig().program('record', `await job.record({ id: 'r', errorCode: 0 });`);
    const id = await rig().submit('record');
    rig().worker({}, { appendRecords: () => Promise.reject(new Error('no such column')) });
    const { errorMessage } = await rig().reaches(id, 'failed');
    expect(errorMessage).toBe('what the program reported could not be stored');
    expect(JSON.stringify(rig().logged)).toContain('no such column');
  });

  test('a result fails the job', async () => {
    rig().program('nothing', '');
    const id = await rig().submit('nothing');
    const queue = rig().recording();
    rig().worker(
      {},
      {
        finish: async (fence, outcome, now) => {
          if (outcome.state === 'completed') throw new Error('packet too large');
          return queue.finish(fence, outcome, now);
        },
      },
    );
    const { errorMessage } = await rig().reaches(id, 'failed');
    expect(errorMessage).toBe('what the program reported could not be stored');
  });

  test('every end of a job leaves it to be rescued, though its worker goes on with another', async () => {
    rig().program(
      'busy',
      'job.progress(1, 1); await new Promise((resolve) => { job.signal.onabort = resolve; });',
    );
    rig().program('attempt', 'return job.attempt;');
    const queue = rig().recording();
    rig().worker(
      { leaseMs: 600 },
      {
        finish: async (fence, outcome, now) => {
          if (fence.attempt === 1) throw new Error('no such column');
          return queue.finish(fence, outcome, now);
        },
      },
    );
    await rig().counts(await rig().submit('busy'));
    const id = await rig().submit('attempt');
    await rig().reaches(id, 'completed', 12_000);
    expect((await rig().outcome(id)).result).toBe(2);
  });
});

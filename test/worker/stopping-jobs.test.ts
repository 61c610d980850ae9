import { expect, test } from 'vitest';
import { describeWorkers } from './describe-workers.ts';

const KILL_MS = 2_000;

describeWorkers('a kill', (rig) => {
  const untilAborted = `job.progress(1, 2);
    await new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(job.signal.reason)));`;
  const forever = 'for (let i = 1; ; i++) job.progress(i, 0);';

  test.each([
    ['a program that heeds the signal', untilAborted],
    ['a tight loop', forever],
    ['a program that is deaf', 'job.progress(1, 2); await new Promise(() => {});'],
  ])('asked through the store alone ends %s within 2 s', async (_, body) => {
    rig().program('endless', body);
    const id = await rig().submit('endless');
    rig().worker({ killGraceMs: 1_000 });
    await rig().counts(id);
    expect(await rig().stores.jobs.requestCancel(id, Date.now())).toBe('cancelling');
    const { errorMessage } = await rig().reaches(id, 'cancelled', KILL_MS);
    expect(errorMessage).toBeNull();
    expect((await rig().outcome(id)).state).toBe('cancelled');
  });

  test.each([
    ['a program that heeds the signal', untilAborted],
    ['a tight loop', forever],
  ])('asked in the same process ends %s without a heartbeat', async (_, body) => {
    rig().program('endless', body);
    const id = await rig().submit('endless');
    const worker = rig().worker({}, { heartbeat: () => new Promise(() => {}) });
    await rig().counts(id);
    await rig().stores.jobs.requestCancel(id, Date.now());
    worker.cancelling(id);
    await rig().reaches(id, 'cancelled');
  });

  test('tells the program why', async () => {
    rig().program(
      'why',
      `job.progress(1, 1); await new Promise((r) => { job.signal.onabort = r; }); return String(job.signal.reason);`,
    );
    const id = await rig().submit('why');
    const worker = rig().worker();
    await rig().counts(id);
    await rig().stores.jobs.requestCancel(id, Date.now());
    worker.cancelling(id);
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe('AbortError: the job was cancelled');
  });

  test('of a loop that never awaits its records is seen by its signal', async () => {
    rig().program(
      'flood',
      `let n = 0; for (; !job.signal.aborted; n++) { job.record({ id: 'r', errorCode: 0 }); job.progress(n, 0); } return 'seen';`,
    );
    const id = await rig().submit('flood');
    const worker = rig().worker({ killGraceMs: 4_000 });
    await rig().counts(id);
    await rig().stores.jobs.requestCancel(id, Date.now());
    worker.cancelling(id);
    await rig().reaches(id, 'completed');
  });

  test('leaves the other jobs of the worker alone', async () => {
    rig().program('endless', forever);
    rig().program(
      'count',
      'for (let i = 1; i <= 20; i++) { job.progress(i, 20); await new Promise((r) => setTimeout(r, 50)); } return "done";',
    );
    const [killed, other] = [await rig().submit('endless'), await rig().submit('count')];
    const worker = rig().worker();
    await Promise.all([rig().counts(killed), rig().counts(other)]);
    await rig().stores.jobs.requestCancel(killed, Date.now());
    worker.cancelling(killed);
    await rig().reaches(killed, 'cancelled');
    expect((await rig().reaches(other, 'completed')).attempt).toBe(1);
  });
});

describeWorkers('stopping a worker', (rig) => {
  test('lets programs that end soon end, and claims no more', async () => {
    rig().program(
      'soon',
      `job.progress(1, 1); await new Promise((r) => setTimeout(r, 300)); return 'in time';`,
    );
    const id = await rig().submit('soon');
    const worker = rig().worker({ drainMs: 5_000, concurrency: 1 });
    await rig().counts(id);
    const late = await rig().submit('soon');
    await worker.stop();
    expect((await rig().job(id)).state).toBe('completed');
    expect((await rig().outcome(id)).result).toBe('in time');
    expect((await rig().job(late)).state).toBe('queued');
  });

  test.each([
    [
      'heeds the signal',
      `await new Promise((_, reject) => { job.signal.onabort = () => reject(job.signal.reason); });`,
    ],
    ['never looks', 'for (;;);'],
  ])('gives back the job of a program that %s, at no cost of an attempt', async (_, wait) => {
    rig().program('long', `job.progress(1, 2); if (job.attempt === 1) { ${wait} } return job.attempt;`);
    const id = await rig().submit('long');
    const worker = rig().worker({ maxLosses: 1 });
    await rig().counts(id);
    await worker.stop();
    expect((await rig().job(id)).state).toBe('queued');
    rig().worker({ maxLosses: 1 });
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe(2);
  });

  test('is done once, however often it is asked, and at once without work', async () => {
    const worker = rig().worker({ drainMs: 60_000 });
    await Promise.all([worker.stop(), worker.stop()]);
    await worker.stop();
  });

  test('gives back jobs that a claim brings when it is already stopping', async () => {
    rig().program('nothing', '');
    const id = await rig().submit('nothing');
    const { queue } = rig().stores;
    const answer = signal();
    const asked = signal();
    const worker = rig().worker(
      {},
      {
        claim: async (request) => {
          const jobs = await queue.claim(request);
          asked.resolve();
          await answer.promise;
          return jobs;
        },
      },
    );
    await asked.promise;
    const stopped = worker.stop();
    answer.resolve();
    await stopped;
    expect((await rig().job(id)).state).toBe('queued');
  });
});

/** Promise.withResolvers, which Node 20 lacks. */
function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

import { once } from 'node:events';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { describeWorkers } from './describe-workers.ts';
import { SETTINGS } from './worker-rig.ts';

describeWorkers('a worker process', (rig) => {
  /** On the first attempt it goes on for ever. */
  const FIRST_IS_ENDLESS = `await job.record({ id: 'attempt ' + job.attempt, errorCode: 0 });
    for (let i = 1; job.attempt === 1; i++) {
      job.progress(i, 0);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return job.attempt;`;

  // Again where another process had the cores for these seconds.
  test('killed in mid-job: its job runs again elsewhere within the lease and 2 s, and is finished once', {
    retry: 2,
  }, async () => {
    rig().program('work', FIRST_IS_ENDLESS);
    const id = await rig().submit('work');
    const child = rig().process();
    const { workerId } = await rig().counts(id, 0, 10_000);
    expect(workerId).toContain(`-${child.pid}-`);
    const other = rig().worker();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const job = await rig().reaches(id, 'completed', SETTINGS.leaseMs + 2_000);
    expect(job).toMatchObject({ attempt: 2, workerId: other.workerId });
    expect((await rig().outcome(id)).result).toBe(2);
    expect(await rig().recordIds(id)).toEqual(['attempt 1', 'attempt 2']);
  });

  test('killed again and again: its job is abandoned', async () => {
    rig().program('endless', 'for (let i = 1; ; i++) job.progress(job.attempt, 0);');
    const id = await rig().submit('endless');
    const settings = { ...SETTINGS, leaseMs: 300, maxLosses: 2 };
    for (const attempt of [1, 2]) {
      const child = rig().process(settings);
      await rig().counts(id, attempt - 1, 10_000);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rig().worker(settings);
    expect((await rig().reaches(id, 'abandoned')).attempt).toBe(2);
  });

  test('told to stop: gives its jobs back and ends by itself', async () => {
    rig().program('work', FIRST_IS_ENDLESS);
    rig().program('burn', 'for (let i = 1; ; i++) job.progress(i, 0);');
    const [work, burn] = [await rig().submit('work'), await rig().submit('burn')];
    const child = rig().process();
    await Promise.all([rig().counts(work, 0, 10_000), rig().counts(burn, 0, 10_000)]);
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'exit');
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect((await rig().job(work)).state).toBe('queued');
    expect((await rig().job(burn)).state).toBe('queued');
  });

  test('hears of a kill that was asked for elsewhere', async () => {
    rig().program('burn', 'for (let i = 1; ; i++) job.progress(i, 0);');
    const id = await rig().submit('burn');
    rig().process({ ...SETTINGS, leaseMs: 15_000, killGraceMs: 1_000 });
    await rig().counts(id, 0, 10_000);
    await rig().stores.jobs.requestCancel(id, Date.now());
    await rig().reaches(id, 'cancelled');
  });

  test('shares twenty jobs with two others, each of which runs once', async () => {
    rig().program('work', `await job.record({ id: 'ran', errorCode: job.attempt });`);
    const ids = await Promise.all(Array.from({ length: 20 }, () => rig().submit('work')));
    // No lease is to run out here, however busy the machine is.
    for (let n = 0; n < 3; n++) rig().process({ ...SETTINGS, leaseMs: 15_000 });
    await eventually(
      'all jobs have completed',
      async () =>
        (await Promise.all(ids.map((id) => rig().job(id)))).every(({ state }) => state === 'completed'),
      15_000,
    );
    for (const id of ids) {
      expect((await rig().job(id)).attempt).toBe(1);
      expect(await rig().recordIds(id)).toEqual(['ran']);
    }
  });
});

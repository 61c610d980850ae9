import { describe, expect, test } from 'vitest';
import { forEachEngine } from '../../support/engines.ts';
import { eventually } from '../../support/eventually.ts';
import { roomUnderTest, walk } from './room-under-test.ts';

const URL_OF_HOOK = 'https://example.com/hook';

forEachEngine((engine) => {
  const room = roomUnderTest({}, engine);
  const start = (runID: string, members = {}) => room.post('/v1/ExecuteJobAsync', walk(runID, members));
  const results = async (runID: string) =>
    (await room.ask('GET', `/v1/Results/${encodeURIComponent(runID)}`)).json as Record<string, unknown>[];
  const jobsOf = async (runID: string) => (await room.jobs()).filter(({ group }) => group === runID);
  /** Whatever other tests have left behind. */
  const cancelAll = async () => {
    for (const { id } of await room.jobs()) await room.store.jobs.cancelWaiting(id, Date.now());
  };

  describe('a run', () => {
    test('is a job in the group of its run ID, with an ID of its own, and the options as parameters', async () => {
      const members = { loggingLevel: 5, argument: '20', beginAtRow: 3, endAfterRow: '9', threadCount: '2' };
      const { json } = await start('run of one', members);
      expect(json).toEqual({ runID: 'run of one', started: true, error: null });
      const [job] = await jobsOf('run of one');
      const detail = await room.store.jobs.findDetail(job?.id ?? '');
      expect(detail).toMatchObject({
        ...{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), program: 'walk', owner: 'ann', state: 'queued' },
        parameters: [
          { name: 'projectID', value: 'sample' },
          { name: 'jobID', value: 'walk' },
          { name: 'loggingLevel', value: '3' },
          { name: 'beginAtRow', value: '3' },
          { name: 'endAfterRow', value: '9' },
          { name: 'threadCount', value: '2' },
        ],
      });
      expect(await room.store.jobs.findPayload(job?.id ?? '')).toMatchObject({
        arguments: ['20'],
        targets: [],
      });
    });

    test('without an argument has none', async () => {
      await start('no argument');
      const [job] = await jobsOf('no argument');
      expect(await room.store.jobs.findPayload(job?.id ?? '')).toMatchObject({ arguments: [] });
    });

    test('that is asked for again starts nothing a second time, and gets the first answer', async () => {
      const first = await start('again', { argument: '1', webHookURL: URL_OF_HOOK });
      const second = await start('again', { argument: '1', webHookURL: URL_OF_HOOK, beginAtRow: '1' });
      expect(second.json).toEqual(first.json);
      expect(await jobsOf('again')).toHaveLength(1);
    });

    test('that is asked for twice at the same moment is one job', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => start('at once', { argument: '1' })));
      for (const { status, json } of answers) {
        expect([status, json]).toEqual([200, { runID: 'at once', started: true, error: null }]);
      }
      expect(await jobsOf('at once')).toHaveLength(1);
    });

    test.each([
      ['argument', { argument: '2' }],
      ['job', { argument: '1', jobID: 'fail' }],
      ['loggingLevel', { argument: '1', loggingLevel: 1 }],
      ['beginAtRow', { argument: '1', beginAtRow: '2' }],
      ['webHookURL', { argument: '1', webHookURL: URL_OF_HOOK }],
    ])('that differs from the first of its run ID in its %s is refused', async (what, members) => {
      await start(`differs in ${what}`, { argument: '1' });
      const { status, json } = await start(`differs in ${what}`, members);
      expect([status, json]).toEqual([
        200,
        {
          runID: `differs in ${what}`,
          started: false,
          error: `The runID 'differs in ${what}' was used before, for another request.`,
        },
      ]);
      expect(await jobsOf(`differs in ${what}`)).toHaveLength(1);
    });

    test('whose run ID differs by case or by a space at its end is another', async () => {
      for (const runID of ['Case', 'case', 'case ']) await start(runID);
      for (const runID of ['Case', 'case', 'case ']) expect(await results(runID)).toHaveLength(1);
    });

    test.each([
      [{ projectID: 'nothing' }, "There is no project with the ID 'nothing'."],
      [{ projectID: 'SAMPLE' }, "There is no project with the ID 'SAMPLE'."],
      [{ jobID: 'nothing' }, "The project 'sample' has no job with the ID 'nothing'."],
    ])('of %j is answered 200, not started, and leaves its run ID free', async (members, error) => {
      const { status, json } = await start('unknown', members);
      expect([status, json]).toEqual([200, { runID: 'unknown', started: false, error }]);
      expect(await jobsOf('unknown')).toEqual([]);
    });
  });

  test.each(['nothing', '%00', '%FF', '%20', 'x'.repeat(500), 'a%2Fb', '%F0%9F%98%80'])(
    'the results of %s, which is no run, are none',
    async (id) => {
      const { status, json } = await room.ask('GET', `/v1/Results/${id}`);
      expect([status, json]).toEqual([200, []]);
    },
  );

  describe('a chain', () => {
    test('starts with the job that was named and runs the others after it, one when the other has completed', async () => {
      await cancelAll();
      await start('chain', { jobID: 'second', chainJobs: true });
      expect((await results('chain')).map(({ status }) => status)).toEqual(['Pending', 'Pending']);
      await room.work(
        {},
        { counters: { total: 4, inserts: 3, updates: 0, deletes: 0, errors: 1, skips: 0, ignores: 0 } },
      );
      const [first, second] = await results('chain');
      expect(first).toMatchObject({
        runID: 'chain',
        status: 'Complete',
        totalRows: 4,
        inserts: 3,
        errors: 1,
      });
      expect(second).toMatchObject({ runID: 'chain', status: 'Pending', startTime: null, runTime: null });
      await room.work();
      expect((await results('chain')).map(({ status }) => status)).toEqual(['Complete', 'Complete']);
    });

    test('stops at the first job that fails; those after it never start', async () => {
      await cancelAll();
      await start('broken chain', { jobID: 'first', chainJobs: true });
      await room.work({ state: 'failed', errorMessage: 'no such table' });
      expect(await results('broken chain')).toMatchObject([
        { status: 'Failed', startTime: expect.any(String) },
        { status: 'Failed', startTime: null, runTime: null },
        { status: 'Failed', startTime: null, runTime: null },
      ]);
      expect(await room.claim()).toEqual([]);
    });

    test('is not run unless it is asked for', async () => {
      await start('no chain', { jobID: 'first' });
      expect(await results('no chain')).toHaveLength(1);
    });
  });

  describe('ExecuteJob', () => {
    const execute = (runID: string, members = {}, signal?: AbortSignal) =>
      room.post('/v1/ExecuteJob', walk(runID, members), signal ? { signal } : {});
    const queued = (runID: string) =>
      eventually('the job is stored', async () => (await jobsOf(runID)).length > 0);

    test('answers when the job has ended, with what it counted and logged', async () => {
      await cancelAll();
      const answer = execute('in time', { loggingLevel: 1, instance: 'main' });
      await queued('in time');
      const [claimed] = await room.claim();
      if (!claimed) throw new Error('the job was not there to be claimed');
      const at = Date.now();
      await room.store.queue.appendLog(claimed, [
        { level: 1, text: 'one', at },
        { level: 2, text: 'not this', at },
        { level: 1, text: 'two', at },
      ]);
      const counters = { total: 7, inserts: 6, updates: 5, deletes: 4, errors: 3, skips: 2, ignores: 1 };
      await room.store.queue.report(claimed, { counters }, at);
      await room.store.queue.finish(claimed, { state: 'completed', result: null, errorMessage: null }, at);
      const { status, text } = await answer;
      expect(status).toBe(200);
      expect(text).toMatch(
        /^\{"runID":"in time","startTime":"[^"]+\+00:00","runTime":"\d\d:\d\d:\d\d\.\d{3}","status":"Complete","totalRows":7,"inserts":6,"updates":5,"deletes":4,"errors":3,"skips":2,"ignores":1,"error":null,"log":"one\\ntwo"\}$/,
      );
    });

    test('says what a job failed with, and no log at loggingLevel 0', async () => {
      await cancelAll();
      const answer = execute('in vain');
      await queued('in vain');
      await room.work({ state: 'failed', errorMessage: 'no such table' });
      expect((await answer).json).toMatchObject({ status: 'Failed', error: 'no such table', log: '' });
    });

    test('says that a job was cancelled', async () => {
      await cancelAll();
      const answer = execute('stopped');
      await queued('stopped');
      await cancelAll();
      expect((await answer).json).toMatchObject({
        ...{ status: 'Failed', startTime: null, runTime: null, error: 'The job was cancelled.' },
      });
    });

    test('of a chain answers for the last job that ran', async () => {
      await cancelAll();
      const answer = execute('chain in time', { jobID: 'first', chainJobs: true });
      await queued('chain in time');
      await room.work();
      await room.work({ state: 'failed', errorMessage: 'the second' });
      expect((await answer).json).toMatchObject({ status: 'Failed', error: 'the second' });
    });

    test('of what is already over answers at once', async () => {
      await cancelAll();
      await start('over');
      await room.work();
      expect((await execute('over')).json).toMatchObject({ runID: 'over', status: 'Complete' });
    });

    test('that is refused says so in its own form', async () => {
      const { status, json } = await execute('never', { projectID: 'nothing' });
      expect([status, json]).toEqual([
        200,
        {
          ...{ runID: 'never', startTime: null, runTime: null, status: 'Failed', totalRows: 0, inserts: 0 },
          ...{ updates: 0, deletes: 0, errors: 0, skips: 0, ignores: 0, log: '' },
          error: "There is no project with the ID 'nothing'.",
        },
      ]);
    });

    test('of a client that leaves goes on without it, and the same request sent again waits for the same job', async () => {
      await cancelAll();
      const client = new AbortController();
      const left = execute('left', {}, client.signal).catch((error: Error) => error.name);
      await queued('left');
      client.abort();
      expect(await left).toBe('AbortError');
      const again = execute('left');
      await room.work();
      expect((await again).json).toMatchObject({ status: 'Complete' });
      expect(await jobsOf('left')).toHaveLength(1);
    });
  });
});

import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { describeWorkers } from './describe-workers.ts';

describeWorkers('a worker', (rig) => {
  test('hands a program its job and keeps what it returns', async () => {
    rig().program('echo', 'const { signal, data, ...rest } = job; return JSON.parse(JSON.stringify(rest));');
    const parameters = [
      { name: 'depth', value: '2' },
      { name: '__proto__', value: 'a name like any other' },
    ];
    const id = await rig().submit('echo', {
      args: ['1', 'zwei 😀'],
      targets: ['a', 'b'],
      ...{ parameters, type: 'import' },
    });
    rig().worker();
    await rig().reaches(id, 'completed');
    const { state, result } = await rig().outcome(id);
    expect(state).toBe('completed');
    // Compared as text: an object's own __proto__ is hard to write down.
    expect(JSON.stringify(result)).toBe(
      `{"id":"${id}","group":"${id}","attempt":1,"type":"import","arguments":["1","zwei 😀"],"targets":["a","b"],` +
        '"parameters":{"depth":"2","__proto__":"a name like any other"}}',
    );
  });

  test('has stored all records, in order, and the last progress when a job has completed', async () => {
    const targets = Array.from({ length: 300 }, (_, index) => `t${index}`);
    rig().program(
      'report',
      `for (const [index, target] of job.targets.entries()) {
        job.record({ id: target, errorCode: index });
        job.targetProgress(target, 100);
        job.progress(index + 1, 400);
      }`,
    );
    const id = await rig().submit('report', { targets });
    rig().worker();
    const { progress, attempt } = await rig().reaches(id, 'completed');
    expect(progress).toMatchObject({ count: 300, target: 400, percent: 75 });
    expect(attempt).toBe(1);
    expect(await rig().recordIds(id)).toEqual(targets);
    expect((await rig().stores.jobs.findWithTargets(id))?.percentages).toEqual(targets.map(() => 100));
  });

  test('shows the progress of a program that never yields', async () => {
    rig().program('spin', 'for (let i = 1; !job.signal.aborted; i++) job.progress(i, 0);');
    const id = await rig().submit('spin');
    rig().worker();
    const early = await rig().counts(id);
    const later = await rig().counts(id, early.progress.count);
    expect(later.state).toBe('running');
    expect(later.progress.startedAt).toBe(early.progress.startedAt);
  });

  test('stores a record before the promise of it is kept', async () => {
    rig().program('wait', `await job.record({ id: 'first', errorCode: 0 }); await new Promise(() => {});`);
    rig().program(
      'count',
      `let n = 0; for (; n < 300; n++) await job.record({ id: 'r' + n, errorCode: 0 }); return n;`,
    );
    const [waiting, counting] = [await rig().submit('wait'), await rig().submit('count')];
    rig().worker();
    await eventually('the record is stored', async () => (await rig().recordIds(waiting)).length === 1);
    await rig().reaches(counting, 'completed', 20_000);
    expect(await rig().recordIds(counting)).toHaveLength(300);
  });

  test('holds up a program that records without awaiting, instead of growing', async () => {
    rig().program('flood', `for (let n = 0; n < 20_000; n++) job.record({ id: 'r' + n, errorCode: 0 });`);
    const id = await rig().submit('flood');
    let waiting = 0;
    let most = 0;
    const { queue } = rig().stores;
    rig().worker(
      {},
      {
        appendRecords: async (fence, records) => {
          // What has arrived and is not stored cannot exceed what the program may be ahead.
          waiting = records.length;
          most = Math.max(most, waiting);
          return queue.appendRecords(fence, records);
        },
      },
    );
    await rig().reaches(id, 'completed', 20_000);
    expect(await rig().recordIds(id)).toEqual(Array.from({ length: 20_000 }, (_, n) => `r${n}`));
    expect(most).toBeLessThanOrEqual(1_024);
  });

  test('keeps the lines that a program logs, with their levels, in order', async () => {
    rig().program('log', `job.log(1, 'low'); job.log(3, 'high'); job.log(2, 'medium');`);
    const id = await rig().submit('log');
    rig().worker();
    await rig().reaches(id, 'completed');
    const lines = rig()
      .lines.get(id)
      ?.map(({ level, text }) => [level, text]);
    expect(lines).toEqual([
      [1, 'low'],
      [3, 'high'],
      [2, 'medium'],
    ]);
  });

  test('sends what a program prints to its own log', async () => {
    rig().program(
      'print',
      `console.log('to %s', 'out'); console.error('to err'); console.table([{ a: 1 }]);`,
    );
    const id = await rig().submit('print');
    rig().worker();
    await rig().reaches(id, 'completed');
    const printed = rig().logged.filter((line) => line['jobId'] === id && line['level'] === 20);
    expect(printed.map((line) => line['msg']).slice(0, 2)).toEqual(['to out', 'to err']);
  });

  test('tells its observer of claims, starts and ends', async () => {
    rig().program('nothing', '');
    const id = await rig().submit('nothing');
    rig().worker();
    await rig().outcome(id);
    const told = () => rig().observed.filter(([name, value]) => name !== 'claimed' || value !== 0);
    await eventually('the end is told of', () => told().length === 3);
    expect(told()).toEqual([
      ['claimed', 1],
      ['started', 1],
      ['finished', 'completed'],
    ]);
  });

  test('starts a job at once when told that one was queued in its process', async () => {
    rig().program('nothing', '');
    const worker = rig().worker({ pollMs: 600_000 });
    await eventually('the first poll is over', () => rig().claims > 0);
    const id = await rig().submit('nothing');
    worker.queued();
    await rig().reaches(id, 'completed');
  });

  test('finds a job that another process queued by its poll', async () => {
    rig().program('nothing', '');
    rig().worker();
    await eventually('the first poll is over', () => rig().claims > 0);
    const id = await rig().submit('nothing');
    await rig().reaches(id, 'completed');
  });

  test('goes on without a poll while more jobs wait than it has slots', async () => {
    rig().program('nothing', '');
    const ids = await Promise.all(Array.from({ length: 9 }, () => rig().submit('nothing')));
    rig().worker({ pollMs: 600_000 });
    for (const id of ids) await rig().reaches(id, 'completed');
  });

  test('runs no more programs at once than it has slots', async () => {
    rig().program(
      'pause',
      'const t = Date.now(); await new Promise((r) => setTimeout(r, 60)); return [t, Date.now()];',
    );
    const ids = await Promise.all(Array.from({ length: 8 }, () => rig().submit('pause')));
    rig().worker({ concurrency: 3 });
    for (const id of ids) await rig().reaches(id, 'completed');
    const outcomes = await Promise.all(ids.map((id) => rig().outcome(id)));
    const spans = outcomes.map(({ result }) => result as [number, number]);
    const busy = spans.map(([start]) => spans.filter(([from, to]) => from <= start && start < to).length);
    expect(Math.max(...busy)).toBeLessThanOrEqual(3);
  });

  test('shares the work with another: each of twenty jobs runs once', async () => {
    rig().program('work', `await job.record({ id: 'ran', errorCode: job.attempt });`);
    rig().worker();
    rig().worker();
    const ids = await Promise.all(Array.from({ length: 20 }, () => rig().submit('work')));
    for (const id of ids) {
      expect((await rig().reaches(id, 'completed')).attempt).toBe(1);
      expect((await rig().outcome(id)).state).toBe('completed');
      expect(await rig().recordIds(id)).toEqual(['ran']);
    }
  });
});

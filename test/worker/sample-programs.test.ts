import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue.ts';
import { describeWorkersOnSqlite } from './describe-workers.ts';

describeWorkersOnSqlite('of the sample catalogue', (rig) => {
  function useSamples(): void {
    const problems: string[] = [];
    const path = fileURLToPath(new URL('../../../fixtures/catalogue.json', import.meta.url));
    for (const [name, program] of loadCatalogue(path, process.env, (text) => problems.push(text)).programs)
      rig().catalogue.set(name, program);
    expect(problems).toEqual([]);
  }

  test('walk records a success for each target, at the pace asked for', async () => {
    useSamples();
    const id = await rig().submit('walk', { args: ['20'], targets: ['a', 'b', 'c'] });
    rig().worker();
    const { progress } = await rig().reaches(id, 'completed');
    expect(progress).toMatchObject({ count: 3, target: 3, percent: 100 });
    expect(await rig().recordIds(id)).toEqual(['a', 'b', 'c']);
    expect((await rig().outcome(id)).result).toEqual({ walked: 3 });
  });

  test('walk takes 300 ms a target unless told otherwise, and stops when told to', async () => {
    useSamples();
    const id = await rig().submit('walk', { targets: Array.from({ length: 100 }, (_, n) => `t${n}`) });
    const worker = rig().worker();
    await rig().counts(id);
    await rig().stores.jobs.requestCancel(id, Date.now());
    worker.cancelling(id);
    const { progress } = await rig().reaches(id, 'cancelled', 250);
    expect(progress.count).toBeLessThan(4);
  });

  test('walk without targets walks over the rows that its parameters name, and counts them', async () => {
    useSamples();
    const parameters = [
      { name: 'beginAtRow', value: '8' },
      { name: 'endAfterRow', value: '9' },
    ];
    const id = await rig().submit('walk', { args: ['1'], parameters });
    rig().worker();
    await rig().reaches(id, 'completed');
    expect(await rig().stores.jobs.findDetail(id)).toMatchObject({
      counters: { total: 2, inserts: 2, skips: 0 },
    });
    const log = await rig().stores.jobs.readLog(id, 3);
    expect(log.map(({ text }) => text)).toEqual(['2 rows, 1 ms each', 'row 8', 'row 9', '2 rows walked']);
  });

  test('fail fails with the message it is given', async () => {
    useSamples();
    const id = await rig().submit('fail', { args: ['out of paper'] });
    rig().worker();
    expect((await rig().reaches(id, 'failed')).errorMessage).toBe('out of paper');
  });

  test('burn burns as long as asked, and is ended by force', async () => {
    useSamples();
    const brief = await rig().submit('burn', { args: ['0.2'] });
    const long = await rig().submit('burn');
    const worker = rig().worker();
    await rig().reaches(brief, 'completed');
    expect((await rig().outcome(brief)).result).toEqual({ burnt: 0.2 });
    await rig().counts(long);
    await rig().stores.jobs.requestCancel(long, Date.now());
    worker.cancelling(long);
    await rig().reaches(long, 'cancelled');
  });

  test.each(['walk', 'burn'])('%s says what is wrong with its argument', async (program) => {
    useSamples();
    const id = await rig().submit(program, { args: ['soon'], targets: ['a'] });
    rig().worker();
    expect((await rig().reaches(id, 'failed')).errorMessage).toMatch(
      /^arguments\[0\] must be (milli)?seconds, not "soon"$/,
    );
  });
});

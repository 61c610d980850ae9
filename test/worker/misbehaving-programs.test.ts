import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { describeWorkersOnSqlite } from './describe-workers.ts';

describeWorkersOnSqlite('a program that misbehaves harms its own job only:', (rig) => {
  /** A program that runs until the file that its only target names is there. */
  const BYSTANDER = `const { existsSync } = await import('node:fs');
    for (let i = 1; !existsSync(job.targets[0]); i++) {
      job.progress(i, 0);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }`;

  test.each([
    ['process.exit', 'process.exit(3);', 'the program ended its thread (exit code 3) instead of returning'],
    [
      'process.exit much later',
      'setTimeout(() => process.exit(0), 50); await new Promise(() => {});',
      /exit code 0/,
    ],
    [
      'an exhausted heap',
      'const all = []; for (;;) all.push(new Array(1000).fill(Math.random()));',
      /ran out of memory: it may use 64 MiB/,
    ],
    [
      'a rejection nobody handles',
      `Promise.reject(new Error('left alone'));`,
      'the program failed outside its own call: left alone',
    ],
    [
      'an error in a callback',
      `setTimeout(() => { throw new Error('from a timer'); }, 20); await new Promise(() => {});`,
      'the program failed outside its own call: from a timer',
    ],
    [
      'something thrown that is no error',
      `setTimeout(() => { throw null; }, 20); await new Promise(() => {});`,
      /outside its own call/,
    ],
    [
      'a text thrown in a callback',
      `setTimeout(() => { throw 'just text'; }, 20); await new Promise(() => {});`,
      'the program failed outside its own call: just text',
    ],
    ['a stack that overflows', 'const f = () => f() + 1; f();', /Maximum call stack/],
  ])('%s', async (_, body, message) => {
    rig().program('bystander', BYSTANDER);
    rig().program('bad', body);
    const flag = join(rig().folder, 'flag');
    const bystander = await rig().submit('bystander', { targets: [flag] });
    // No lease is to run out here, however busy the machine is.
    rig().worker({ leaseMs: 15_000 });
    await rig().counts(bystander);
    const bad = await rig().submit('bad');
    const { errorMessage } = await rig().reaches(bad, 'failed', 15_000);
    expect(errorMessage).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    // The pool has recovered: the other slot works again.
    const next = await rig().submit('bystander', { targets: [flag] });
    await rig().counts(next);
    writeFileSync(flag, '');
    for (const id of [bystander, next]) expect((await rig().reaches(id, 'completed')).attempt).toBe(1);
  });

  test('burning the processor in every slot costs no lease', async () => {
    rig().program('burn', 'const end = Date.now() + 1500; while (Date.now() < end); return job.attempt;');
    const ids = await Promise.all([1, 2, 3].map(() => rig().submit('burn')));
    rig().worker({ concurrency: 3, leaseMs: 600 });
    rig().worker({ concurrency: 3, leaseMs: 600 });
    for (const id of ids) {
      await rig().reaches(id, 'completed', 15_000);
      expect((await rig().outcome(id)).result).toBe(1);
    }
  });

  test('what it left running when it returned meets no later job', async () => {
    rig().program('leave', `setTimeout(() => { throw new Error('left behind'); }, 150); return 'left';`);
    rig().program('next', 'await new Promise((resolve) => setTimeout(resolve, 300));');
    rig().worker({ concurrency: 1 });
    const leaving = await rig().submit('leave');
    await rig().reaches(leaving, 'completed');
    const next = await rig().submit('next');
    await rig().reaches(next, 'completed');
    expect(JSON.stringify(rig().logged)).not.toContain('left behind');
  });

  test('what it left behind unseen may end its idle thread: the pool has another', async () => {
    rig().program(
      'leave',
      `setTimeout(() => { throw new Error('left behind'); }, 20).unref(); return 'left';`,
    );
    rig().program('next', 'return job.attempt;');
    rig().worker({ concurrency: 1 });
    await rig().reaches(await rig().submit('leave'), 'completed');
    await eventually('the thread has died', () => JSON.stringify(rig().logged).includes('left behind'));
    const next = await rig().submit('next');
    await rig().reaches(next, 'completed');
    expect((await rig().outcome(next)).result).toBe(1);
  });

  test('a thread serves again, unless something was left going on in it', async () => {
    const which = `const { threadId } = await import('node:worker_threads');`;
    rig().program(
      'tidy',
      `${which} await new Promise((resolve) => setTimeout(resolve, 5)); return threadId;`,
    );
    rig().program('untidy', `${which} setInterval(() => {}, 1000); return threadId;`);
    rig().worker({ concurrency: 1 });
    const threads: unknown[] = [];
    for (const program of ['tidy', 'tidy', 'untidy', 'tidy']) {
      const id = await rig().submit(program);
      threads.push((await rig().outcome(id)).result);
    }
    expect(threads).toEqual([threads[0], threads[0], threads[0], expect.any(Number)]);
    expect(threads[3]).not.toBe(threads[0]);
  });

  test('calls after its end go nowhere', async () => {
    rig().program(
      'late',
      `setTimeout(() => job.record({ id: 'late', errorCode: 0 }), 0).unref(); return null;`,
    );
    rig().program('nothing', 'await new Promise((resolve) => setTimeout(resolve, 20));');
    rig().worker({ concurrency: 1 });
    const late = await rig().submit('late');
    await rig().reaches(late, 'completed');
    await rig().reaches(await rig().submit('nothing'), 'completed');
    expect(await rig().recordIds(late)).toEqual([]);
  });

  test('what it reported before its thread died is stored', async () => {
    rig().program(
      'die',
      `for (let i = 0; i < 10; i++) job.record({ id: 'r' + i, errorCode: 0 }); job.progress(10, 20); process.exit(1);`,
    );
    const id = await rig().submit('die');
    rig().worker();
    const { progress } = await rig().reaches(id, 'failed');
    expect(progress).toMatchObject({ count: 10, target: 20 });
    expect(await rig().recordIds(id)).toHaveLength(10);
  });

  test('threads that died are replaced while jobs wait', async () => {
    rig().program('exit', 'process.exit(1);');
    const ids = await Promise.all(Array.from({ length: 12 }, () => rig().submit('exit')));
    rig().worker();
    for (const id of ids) await rig().reaches(id, 'failed', 15_000);
    for (const id of ids) await rig().outcome(id);
  });
});

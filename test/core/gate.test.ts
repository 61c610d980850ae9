import { describe, expect, test } from 'vitest';
import { Gate } from '../../src/core/gate.ts';

const full = () => new Error('full');

/** A task that ends when told to. */
function task() {
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const state = { started: false, finish };
  const run = () => {
    state.started = true;
    return finished;
  };
  return Object.assign(state, { run });
}

/** Lets everything that is due run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a gate', () => {
  test('starts as many tasks at once as it is wide, and no more', async () => {
    const gate = new Gate({ width: 2, queue: 10 });
    const tasks = [task(), task(), task()];
    const runs = tasks.map(({ run }) => gate.run(run, full));
    await settle();
    expect(tasks.map(({ started }) => started)).toEqual([true, true, false]);

    tasks[1]?.finish();
    await settle();
    expect(tasks[2]?.started).toBe(true);

    for (const { finish } of tasks) finish();
    await Promise.all(runs);
  });

  test('lets waiting tasks in first come first served', async () => {
    const gate = new Gate({ width: 1, queue: 10 });
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4].map((number) => gate.run(async () => order.push(number), full)));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  test('gives a place that became free to who waits, not to who comes later', async () => {
    const gate = new Gate({ width: 1, queue: 10 });
    const [first, waiting, late] = [task(), task(), task()] as const;
    const runs = [gate.run(first.run, full), gate.run(waiting.run, full)];
    first.finish();
    await runs[0];
    runs.push(gate.run(late.run, full));
    await settle();
    expect([waiting.started, late.started]).toEqual([true, false]);
    waiting.finish();
    late.finish();
    await Promise.all(runs);
  });

  test('turns away whom its queue has no room for, without running the task', async () => {
    const gate = new Gate({ width: 1, queue: 1 });
    const [running, waiting, refused] = [task(), task(), task()] as const;
    const runs = [gate.run(running.run, full), gate.run(waiting.run, full)];
    await expect(gate.run(refused.run, full)).rejects.toThrow('full');
    expect(refused.started).toBe(false);
    running.finish();
    waiting.finish();
    await Promise.all(runs);
  });

  test('has room again once a waiting task has come through', async () => {
    const gate = new Gate({ width: 1, queue: 1 });
    await Promise.all([gate.run(async () => 1, full), gate.run(async () => 2, full)]);
    await expect(
      Promise.all([gate.run(async () => 3, full), gate.run(async () => 4, full)]),
    ).resolves.toEqual([3, 4]);
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('broken'))],
    [
      'throws at once',
      () => {
        throw new Error('broken');
      },
    ],
  ])('frees the place of a task that %s', async (_, broken) => {
    const gate = new Gate({ width: 1, queue: 1 });
    const first = gate.run(broken, full);
    const second = gate.run(async () => 'second', full);
    await expect(first).rejects.toThrow('broken');
    await expect(second).resolves.toBe('second');
    await expect(gate.run(async () => 'third', full)).resolves.toBe('third');
  });
});

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchQueue } from './bench-queue.ts';
import type { HowMany } from './queue-bench.ts';

/** Calls under way at once: jobs one by one, and batches. */
const IN_FLIGHT: Record<HowMany, number> = { one: 32, many: 4 };
const BATCH = 100;
/** More tell nothing more, and the fastest queue takes 20,000 a second. */
const MOST_JOBS = 30_000;
const EVERY_MS = 50;
const LOOK_EVERY_MS = 10;
const DEADLINE_MS = 60_000;

/** Submits for `ms`, waits until every job has completed, and says how many there were and how long all of it took. */
export async function loadQueue(
  queue: BenchQueue,
  ms: number,
  how: HowMany,
): Promise<{ jobs: number; ms: number }> {
  let jobs = 0;
  const begun = performance.now();
  const submitter = async () => {
    while (performance.now() - begun < ms && jobs < MOST_JOBS) {
      jobs += how === 'many' ? BATCH : 1;
      await (how === 'many' ? queue.submitMany?.(BATCH) : queue.submit());
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT[how] }, submitter));
  await allSettled(queue);
  const passed = performance.now() - begun;
  await checkAndClear(queue, jobs);
  return { jobs, ms: passed };
}

/** One job every 50 ms or so for `ms`: how long each took from the call that submits it to its first moment, ms. */
export async function timeStarts(queue: BenchQueue, ms: number, file: string): Promise<number[]> {
  const count = Math.ceil(ms / EVERY_MS);
  const submitted: bigint[] = [];
  for (let number = 0; number < count; number++) {
    submitted.push(process.hrtime.bigint());
    await queue.submit({ file, number });
    // Never quite the same: a queue that looks for work by the clock is met at any moment of its pause.
    await pause(EVERY_MS * (0.5 + Math.random()));
  }
  await allSettled(queue);
  await checkAndClear(queue, count);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  rmSync(file, { force: true });
  if (lines.length !== count) throw new Error(`${lines.length} jobs began, of ${count}`);
  return lines.map((line) => {
    const [number, began] = line.split(' ');
    return Number(BigInt(began ?? 0) - (submitted[Number(number)] ?? 0n)) / 1e6;
  });
}

async function allSettled(queue: BenchQueue): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await queue.settled())) {
    if (performance.now() > deadline) throw new Error('jobs are left over');
    await pause(LOOK_EVERY_MS);
  }
}

async function checkAndClear(queue: BenchQueue, jobs: number): Promise<void> {
  const completed = await queue.completed();
  if (completed !== undefined && completed !== jobs)
    throw new Error(`${completed} of ${jobs} jobs completed`);
  await queue.clear();
}

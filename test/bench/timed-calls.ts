import type { Measured } from './comparison.ts';
import { quantile } from './statistics.ts';

/** As many calls as end in so many ms, each after the one before, by so many callers: what each took, ms. */
export async function timedCalls(
  call: (caller: number) => Promise<void>,
  { callers, ms }: { callers: number; ms: number },
): Promise<{ times: number[]; passedMs: number }> {
  const times: number[] = [];
  const begun = performance.now();
  const run = async (caller: number) => {
    while (performance.now() - begun < ms) {
      const asked = performance.now();
      await call(caller);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => run(caller)));
  return { times, passedMs: performance.now() - begun };
}

/** `median ms` and `p99 ms` of what each call took. */
export function latency(times: readonly number[]): Measured {
  return { 'median ms': quantile(times, 0.5), 'p99 ms': quantile(times, 0.99) };
}

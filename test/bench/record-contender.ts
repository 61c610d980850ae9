import type { Contender } from './comparison.ts';
import type { BenchOptions } from './scenario.ts';
import { latency, timedCalls } from './timed-calls.ts';

/** A way to store records, `records` a call, by so many callers in this process. */
export function recordContender(
  name: string,
  call: (caller: number) => Promise<void>,
  callers: number,
  records: number,
  { stretchMs }: BenchOptions,
): Contender {
  return {
    name,
    async measure() {
      const used = process.cpuUsage();
      const { times, passedMs } = await timedCalls(call, { callers, ms: stretchMs });
      const { user, system } = process.cpuUsage(used);
      const count = times.length * records;
      const cost = { 'µs a record': (passedMs * 1_000) / count, 'CPU µs': (user + system) / count };
      return { 'records/s': (count * 1_000) / passedMs, ...cost, ...latency(times) };
    },
  };
}

import { appendFileSync } from 'node:fs';
import type { ProgramContext } from '../../../src/worker/module/program-context.ts';
import type { Stamp } from './bench-queue.ts';

/** What each contender's jobs do: nothing, or note when they began. */
export function run(stamp?: Stamp): void {
  const began = process.hrtime.bigint();
  if (stamp) appendFileSync(stamp.file, `${stamp.number} ${began}\n`);
}

/** The same as a program of jobgate's. */
export default (job: Pick<ProgramContext, 'arguments'>): void => {
  run(job.arguments[0] as unknown as Stamp | undefined);
};

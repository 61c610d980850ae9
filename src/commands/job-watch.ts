import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { JobgateError } from '../core/error.ts';
import type { JobDetail } from '../core/job.ts';
import { isFinal } from '../core/job-state.ts';
import { CommandFailed } from './command.ts';
import { jobDocument } from './job-document.ts';
import type { OneJob } from './one-job.ts';
import { jobsOf, OPERATOR } from './operator.ts';
import { progressBar } from './progress-bar.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

const LOOK_MS = 250;

/**
 * Follows a job to its end. On a terminal one line with a bar is drawn over and over; elsewhere, and with
 * `--json`, a line is printed for each change. Throws CommandFailed when the job ends otherwise than `completed`.
 */
export function watchJob(config: Config, { id, json }: OneJob, terminal: Terminal): Promise<void> {
  return withStore(config, async (store) => {
    const jobs = jobsOf(store, config);
    const show = painter(json, terminal);
    for (;;) {
      const job = await jobs.findDetail(OPERATOR, id);
      if (!job) throw new JobgateError('JOB_NOT_FOUND', `there is no job ${id}`);
      show(job);
      if (isFinal(job.state)) return expectCompleted(job);
      await pause(LOOK_MS);
    }
  });
}

function painter(json: boolean, terminal: Terminal): (job: JobDetail) => void {
  let last = '';
  return (job) => {
    const { columns } = terminal;
    const width = json ? undefined : columns;
    const line = json
      ? JSON.stringify(jobDocument(job))
      : progressBar(job, width ?? Number.POSITIVE_INFINITY);
    if (line === last) return;
    last = line;
    if (width === undefined) terminal.print(line);
    else terminal.draw(line, isFinal(job.state));
  };
}

function expectCompleted({ id, state, errorMessage }: JobDetail): void {
  if (state === 'completed') return;
  throw new CommandFailed(`job ${id} is ${state}${errorMessage === null ? '' : `: ${errorMessage}`}`);
}

import type { Config } from '../config.ts';
import { type JobDetail, overallPercentage } from '../core/job.ts';
import type { JobFilter, JobRange } from '../core/job-store.ts';
import { isoTime, jobDocument } from './job-document.ts';
import type { Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';
import { withStore } from './with-store.ts';

interface ListOrders {
  readonly filter: JobFilter;
  readonly range: JobRange;
  readonly json: boolean;
}

const HEADING = ['ID', 'STATE', '%', 'PROGRAM', 'OWNER', 'GROUP', 'CREATED'];

export function listJobs(
  config: Config,
  { filter, range, json }: ListOrders,
  terminal: Terminal,
): Promise<void> {
  return withStore(config, async (store) => {
    const { total, jobs } = await store.jobs.page(filter, 'newest', range);
    if (json) {
      terminal.print(JSON.stringify({ total, ...range, jobs: jobs.map(jobDocument) }));
      return;
    }
    for (const line of textTable(HEADING, jobs.map(cellsOf))) terminal.print(line);
    if (jobs.length < total) terminal.tell(`${jobs.length} of ${total}; --skip and --take show others`);
  });
}

function cellsOf(job: JobDetail): string[] {
  const { id, state, program, owner, group, created } = job;
  return [id, state, String(overallPercentage(job)), program, owner, group, isoTime(created) ?? ''];
}

import type { Config } from '../config.ts';
import { JobgateError } from '../core/error.ts';
import { isoTime, jobDocument } from './job-document.ts';
import type { OneJob } from './one-job.ts';
import { jobsOf, OPERATOR } from './operator.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

export function showJob(config: Config, { id, json }: OneJob, terminal: Terminal): Promise<void> {
  return withStore(config, async (store) => {
    const jobs = jobsOf(store, config);
    const job = await jobs.findDetail(OPERATOR, id);
    if (!job) throw new JobgateError('JOB_NOT_FOUND', `there is no job ${id}`);
    const log = await jobs.log(OPERATOR, id, 3);
    const document = {
      ...jobDocument(job),
      ...(await jobs.payload(OPERATOR, id)),
      log: log.map(({ level, at, text }) => ({ at: isoTime(at), level, text })),
    };
    if (json) {
      terminal.print(JSON.stringify(document));
      return;
    }
    // JSON's escapes keep what clients wrote from moving the operator's cursor.
    for (const [name, value] of Object.entries(document)) {
      if (name !== 'log') terminal.print(`${name.padEnd(14)} ${JSON.stringify(value)}`);
    }
    for (const line of document.log) terminal.print(`log            ${JSON.stringify(line)}`);
  });
}

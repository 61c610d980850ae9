import type { Config } from '../config.ts';
import type { OneJob } from './one-job.ts';
import { jobsOf, OPERATOR } from './operator.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

/** A job that a worker has is stopped by that worker, in its own time: the state says which it was. */
export function killJob(config: Config, { id, json }: OneJob, terminal: Terminal): Promise<void> {
  return withStore(config, async (store) => {
    const jobs = jobsOf(store, config);
    await jobs.kill(OPERATOR, id);
    const state = (await jobs.find(OPERATOR, id))?.state ?? 'cancelled';
    terminal.print(json ? JSON.stringify({ id, state }) : `job ${id} is ${state}`);
  });
}

export function retryJob(config: Config, { id, json }: OneJob, terminal: Terminal): Promise<void> {
  return withStore(config, async (store) => {
    const again = await jobsOf(store, config).retry(OPERATOR, id);
    terminal.print(json ? JSON.stringify({ id: again, retryOf: id }) : again);
  });
}

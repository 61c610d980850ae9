import type { Config } from '../config.ts';
import { JobgateError } from '../core/error.ts';
import type { Submission } from '../core/submission.ts';
import { jobsOf, OPERATOR } from './operator.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

interface SubmitOrders {
  readonly submission: Submission;
  /** Whose job it is to be; an account. Absent = the first administrator's. */
  readonly owner: string | undefined;
  readonly json: boolean;
}

export function submitJob(config: Config, orders: SubmitOrders, terminal: Terminal): Promise<void> {
  const { submission, owner = OPERATOR.username, json } = orders;
  return withStore(config, async (store) => {
    // A job of nobody's would be seen by administrators alone, for a slip of the keyboard.
    if (owner !== OPERATOR.username && !(await store.accounts.find(owner))) {
      throw new JobgateError('ACCOUNT_NOT_FOUND', `there is no account ${owner}`);
    }
    const id = await jobsOf(store, config).submit({ ...OPERATOR, username: owner }, submission);
    terminal.print(json ? JSON.stringify({ id }) : id);
  });
}

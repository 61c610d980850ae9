import type { Config } from '../config.ts';
import { FIRST_ADMINISTRATOR } from '../core/accounts.ts';
import type { Caller } from '../core/caller.ts';
import { Jobs, type WorkSignal } from '../core/jobs.ts';
import type { Store } from '../storage/open-store.ts';

/** Whoever can open the store may see and change every job. */
export const OPERATOR: Caller = { username: FIRST_ADMINISTRATOR, role: 'admin' };

/** Workers are other processes: they find out when they next look. */
const NOBODY: WorkSignal = { queued() {}, cancelling() {} };

export function jobsOf(store: Store, { catalogue }: Config): Jobs {
  return new Jobs(store.jobs, catalogue.programs, Date.now, NOBODY);
}

import { Records } from '../../src/core/records.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { cheapAccount } from '../support/cheap-account.ts';

/** Groups of known records, for every program to page through: group -> how many, targets `target-1`… */
const GROUPS = { 'page-one': 1, 'page-three': 3, 'page-250': 250 } as const;

/**
 * A store with an account for each user (a second login ends the first, so programs that run at
 * once cannot share one) and the groups above.
 */
export async function fillStore(url: string, users: readonly string[], password: string): Promise<void> {
  const store = await openStore({ url });
  try {
    await store.migrations.up();
    for (const user of users) await store.accounts.insert(cheapAccount(user, password));
    const records = new Records(store.records, store.jobs, Date.now);
    for (const [group, count] of Object.entries(GROUPS)) {
      for (let number = 1; number <= count; number += 1) {
        await records.add(
          { username: 'interop', role: 'admin' },
          {
            jobId: `job-of-${group}`,
            group,
            targetId: `target-${number}`,
            errorCode: number,
            errorMessage: `message ${number}`,
          },
        );
      }
    }
  } finally {
    await store.close();
  }
}

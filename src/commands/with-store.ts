import type { Config } from '../config.ts';
import { openStore, type Store } from '../storage/open-store.ts';

/** Opens the configured store, its schema brought up to date, for as long as `task` runs. */
export async function withStore<T>(config: Config, task: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url: config.JOBGATE_DATABASE_URL });
  try {
    await store.migrations.up();
    return await task(store);
  } finally {
    await store.close();
  }
}

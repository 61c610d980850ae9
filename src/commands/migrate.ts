import type { Config } from '../config.ts';
import { openStore } from '../storage/open-store.ts';
import type { Terminal } from './terminal.ts';

/** Brings the store's schema up to date, takes its newest migration back, or says where it stands. */
export async function migrate(
  config: Config,
  action: 'up' | 'down' | 'status',
  terminal: Terminal,
): Promise<void> {
  const store = await openStore({ url: config.JOBGATE_DATABASE_URL });
  try {
    if (action !== 'status') await store.migrations[action]();
    const { applied, pending } = await store.migrations.status();
    for (const name of applied) terminal.print(`applied  ${name}`);
    for (const name of pending) terminal.print(`pending  ${name}`);
  } finally {
    await store.close();
  }
}

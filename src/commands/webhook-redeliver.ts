import type { Config } from '../config.ts';
import { JobgateError } from '../core/error.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

/** Throws INVALID_ARGUMENT where there is no such webhook, or it is not settled. */
export function redeliverWebhook(config: Config, { id }: { id: string }, terminal: Terminal): Promise<void> {
  return withStore(config, async (store) => {
    const outcome = await store.webhooks.redeliver(id, Date.now());
    if (outcome === 'unknown') throw new JobgateError('INVALID_ARGUMENT', `there is no webhook ${id}`);
    if (outcome !== 'redelivered') {
      throw new JobgateError('INVALID_ARGUMENT', `webhook ${id} is ${outcome}, neither dead nor delivered`);
    }
    terminal.print(`webhook ${id} is due; a node that serves or works sends it`);
  });
}

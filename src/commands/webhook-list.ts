import type { Config } from '../config.ts';
import type { Webhook, WebhookState } from '../core/webhook-store.ts';
import { isoTime } from './job-document.ts';
import type { Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';
import { withStore } from './with-store.ts';

const LIMIT = 1_000;
const HEADING = ['ID', 'STATE', 'ATTEMPTS', 'NEXT', 'JOB', 'URL', 'LAST ERROR'];

/** As JSON an array of webhooks, times in ISO 8601 (UTC). */
export function listWebhooks(
  config: Config,
  { state, json }: { state?: WebhookState; json: boolean },
  terminal: Terminal,
): Promise<void> {
  return withStore(config, async (store) => {
    const webhooks = await store.webhooks.list({ ...(state && { state }), limit: LIMIT });
    if (json) {
      terminal.print(JSON.stringify(webhooks.map(documentOf)));
      return;
    }
    for (const line of textTable(HEADING, webhooks.map(cellsOf))) terminal.print(line);
    if (webhooks.length === LIMIT) terminal.tell(`only the newest ${LIMIT} are shown`);
  });
}

function documentOf(webhook: Webhook): object {
  const { nextAttempt, created, settled, ...rest } = webhook;
  return {
    ...rest,
    nextAttempt: isoTime(nextAttempt),
    created: isoTime(created),
    settled: isoTime(settled),
  };
}

function cellsOf({ id, state, attempts, nextAttempt, jobId, url, lastError }: Webhook): string[] {
  return [id, state, String(attempts), isoTime(nextAttempt) ?? '', jobId, url, lastError ?? ''];
}

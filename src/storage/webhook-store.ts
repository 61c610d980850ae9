import type {
  RedeliverOutcome,
  Webhook,
  WebhookAttempt,
  WebhookFailure,
  WebhookState,
  WebhookStore,
} from '../core/webhook-store.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { placeholders } from './placeholders.ts';
import type { Binding } from './sql.ts';

interface AttemptRow {
  seq: number;
  id: string;
  attempts: number;
  job_id: string;
  url: string;
  format: string;
  body: string | null;
}

interface WebhookRow {
  id: string;
  job_id: string;
  owner: string;
  url: string;
  format: string;
  state: WebhookState;
  attempts: number;
  next_attempt: number | null;
  last_status: number | null;
  last_error: string | null;
  created: number;
  settled: number | null;
}

const PURGED_AT_ONCE = 1_000;

type Fence = Pick<WebhookAttempt, 'id' | 'attempt'>;

export class SqlWebhookStore implements WebhookStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async claim({
    formats,
    limit,
    leaseMs,
    now,
  }: Parameters<WebhookStore['claim']>[0]): Promise<WebhookAttempt[]> {
    if (formats.length === 0 || limit < 1) return [];
    const { dialect } = this.#database;
    const due = `state = 'due' AND next_attempt <= ? AND (lease_until IS NULL OR lease_until <= ${dialect.now})
      AND format IN (${placeholders(formats)}) ORDER BY next_attempt LIMIT ?`;
    const bindings = [now, ...formats, limit];
    // A read first: nearly always there is nothing to do, and then nothing is locked.
    const some = await this.#database.rows(`SELECT seq FROM webhooks WHERE ${due}`, [now, ...formats, 1]);
    if (some.length === 0) return [];
    const rows = await this.#database.transaction(async (sql) => {
      const free = await sql.rows<AttemptRow>(
        `SELECT seq, id, attempts, job_id, url, format, body FROM webhooks WHERE ${due} ${dialect.lockSkippingLocked}`,
        bindings,
      );
      if (free.length > 0) {
        await sql.change(
          `UPDATE webhooks SET attempts = attempts + 1, lease_until = ${dialect.now} + ?
           WHERE seq IN (${placeholders(free)})`,
          [leaseMs, ...free.map(({ seq }) => seq)],
        );
      }
      return free;
    });
    return rows.map(({ id, attempts, job_id, url, format, body }) => ({
      id,
      attempt: attempts + 1,
      jobId: job_id,
      url,
      format,
      body,
    }));
  }

  storeBody(attempt: Fence, body: string): Promise<boolean> {
    return this.#update(attempt, 'body = ?', [body]);
  }

  delivered(attempt: Fence, status: number, now: number): Promise<boolean> {
    const settled = `state = 'delivered', settled = ?, last_status = ?, last_error = NULL`;
    return this.#update(attempt, `${settled}, next_attempt = NULL, lease_until = NULL`, [now, status]);
  }

  failed(
    attempt: Fence,
    { status, error }: WebhookFailure,
    nextAttempt: number | null,
    now: number,
  ): Promise<boolean> {
    const last = 'last_status = ?, last_error = ?, next_attempt = ?, lease_until = NULL';
    const values = [status, error, nextAttempt];
    return nextAttempt === null
      ? this.#update(attempt, `${last}, state = 'dead', settled = ?`, [...values, now])
      : this.#update(attempt, last, values);
  }

  giveBack(attempt: Fence, nextAttempt: number | null): Promise<boolean> {
    const due = 'lease_until = NULL, next_attempt = COALESCE(?, next_attempt)';
    return this.#update(attempt, `attempts = attempts - 1, ${due}`, [nextAttempt]);
  }

  async list({ state, limit }: Parameters<WebhookStore['list']>[0]): Promise<Webhook[]> {
    const rows = await this.#database.rows<WebhookRow>(
      `SELECT id, job_id, owner, url, format, state, attempts, next_attempt, last_status, last_error, created, settled
       FROM webhooks ${state === undefined ? '' : 'WHERE state = ?'} ORDER BY seq DESC LIMIT ?`,
      state === undefined ? [limit] : [state, limit],
    );
    return rows.map(toWebhook);
  }

  async redeliver(id: string, now: number): Promise<RedeliverOutcome> {
    if (!isAsciiId(id)) return 'unknown';
    const due = await this.#database.change(
      `UPDATE webhooks SET state = 'due', attempts = 0, next_attempt = ?, settled = NULL
       WHERE id = ? AND state IN ('delivered', 'dead')`,
      [now, id],
    );
    if (due.count > 0) return 'redelivered';
    const [row] = await this.#database.rows<{ state: WebhookState }>(
      'SELECT state FROM webhooks WHERE id = ?',
      [id],
    );
    return row?.state ?? 'unknown';
  }

  async purge({ delivered, dead }: { delivered: number; dead: number }): Promise<number> {
    return (await this.#purge('delivered', delivered)) + (await this.#purge('dead', dead));
  }

  /** Some at a time: one statement for all would hold their locks, and on SQLite the process, as long as it takes. */
  async #purge(state: WebhookState, before: number): Promise<number> {
    for (let purged = 0; ; ) {
      const rows = await this.#database.rows<{ seq: number }>(
        `SELECT seq FROM webhooks WHERE state = ? AND settled < ? LIMIT ${PURGED_AT_ONCE}`,
        [state, before],
      );
      if (rows.length === 0) return purged;
      const seqs = rows.map(({ seq }) => seq);
      const text = `DELETE FROM webhooks WHERE seq IN (${placeholders(seqs)}) AND state = ? AND settled < ?`;
      purged += (await this.#database.change(text, [...seqs, state, before])).count;
    }
  }

  async countOpen(): Promise<Record<'waiting' | 'due', number>> {
    const rows = await this.#database.rows<{ state: 'waiting' | 'due'; count: number }>(
      `SELECT state, COUNT(*) AS count FROM webhooks WHERE state IN ('waiting', 'due') GROUP BY state`,
    );
    const counts = { waiting: 0, due: 0 };
    for (const { state, count } of rows) counts[state] = Number(count);
    return counts;
  }

  async #update({ id, attempt }: Fence, assignments: string, values: readonly Binding[]): Promise<boolean> {
    const text = `UPDATE webhooks SET ${assignments} WHERE id = ? AND state = 'due' AND attempts = ?`;
    return (await this.#database.change(text, [...values, id, attempt])).count > 0;
  }
}

function toWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    jobId: row.job_id,
    owner: row.owner,
    url: row.url,
    format: row.format,
    state: row.state,
    attempts: row.attempts,
    nextAttempt: row.next_attempt,
    lastStatus: row.last_status,
    lastError: row.last_error,
    created: row.created,
    settled: row.settled,
  };
}

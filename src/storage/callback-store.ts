import type { Callback, CallbackOutcome, CallbackStore } from '../core/callback.ts';
import type { Fence } from '../core/job-queue.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { placeholders } from './placeholders.ts';
import { FINAL_STATES_SQL } from './state-guard.ts';

interface CallbackRow {
  token_hash: string;
  job_id: string;
  worker_id: string;
  attempt: number;
  accepted: number;
  outcome: string | null;
  created: number;
}

const COLUMNS = 'token_hash, job_id, worker_id, attempt, accepted, outcome, created';
/** Each may hold 1 MiB. */
const PURGED_A_STATEMENT = 500;

export class SqlCallbackStore implements CallbackStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async insert(callback: Omit<Callback, 'accepted' | 'outcome'>): Promise<void> {
    const { tokenHash, jobId, workerId, attempt, created } = callback;
    await this.#database.change(
      'INSERT INTO callbacks (token_hash, job_id, worker_id, attempt, created) VALUES (?, ?, ?, ?, ?)',
      [tokenHash, jobId, workerId, attempt, created],
    );
  }

  async find(tokenHash: string): Promise<Callback | undefined> {
    if (!isAsciiId(tokenHash)) return undefined;
    const [row] = await this.#database.rows<CallbackRow>(
      `SELECT ${COLUMNS} FROM callbacks WHERE token_hash = ?`,
      [tokenHash],
    );
    return row && toCallback(row);
  }

  async accept(tokenHash: string): Promise<void> {
    await this.#database.change('UPDATE callbacks SET accepted = 1 WHERE token_hash = ?', [tokenHash]);
  }

  async takeOver({ jobId, workerId, attempt }: Fence): Promise<Callback | undefined> {
    const [row] = await this.#database.rows<CallbackRow>(
      `SELECT ${COLUMNS} FROM callbacks WHERE job_id = ? AND (accepted = 1 OR outcome IS NOT NULL)
       ORDER BY CASE WHEN outcome IS NULL THEN 1 ELSE 0 END, attempt DESC LIMIT 1`,
      [jobId],
    );
    if (!row) return undefined;
    // A worker that has lost the job does not take it back: attempts only grow. Nor is the row of a finished call moved.
    await this.#database.change(
      'UPDATE callbacks SET worker_id = ?, attempt = ? WHERE token_hash = ? AND attempt < ? AND outcome IS NULL',
      [workerId, attempt, row.token_hash, attempt],
    );
    return toCallback(row);
  }

  async isSuperseded({ jobId, attempt, tokenHash }: Callback): Promise<boolean> {
    const rows = await this.#database.rows(
      'SELECT 1 FROM callbacks WHERE job_id = ? AND attempt > ? AND token_hash <> ? LIMIT 1',
      [jobId, attempt, tokenHash],
    );
    return rows.length > 0;
  }

  async settle(tokenHash: string, outcome: CallbackOutcome): Promise<boolean> {
    // The attempt alone tells whose the job is: it grows with each claim. A queued job's is that of its lost worker.
    const change = await this.#database.change(
      `UPDATE callbacks SET outcome = ? WHERE token_hash = ? AND outcome IS NULL AND EXISTS (
         SELECT 1 FROM jobs WHERE jobs.id = callbacks.job_id AND jobs.attempt = callbacks.attempt
           AND jobs.state NOT IN (${FINAL_STATES_SQL}))`,
      [JSON.stringify(outcome), tokenHash],
    );
    return change.count > 0;
  }

  async outcomes(tokenHashes: readonly string[]): Promise<Map<string, CallbackOutcome>> {
    if (tokenHashes.length === 0) return new Map();
    const rows = await this.#database.rows<{ token_hash: string; outcome: string }>(
      `SELECT token_hash, outcome FROM callbacks
       WHERE token_hash IN (${placeholders(tokenHashes)}) AND outcome IS NOT NULL`,
      [...tokenHashes],
    );
    return new Map(rows.map(({ token_hash, outcome }) => [token_hash, JSON.parse(outcome)]));
  }

  async purge(): Promise<number> {
    for (let purged = 0; ; ) {
      const rows = await this.#database.rows<{ token_hash: string }>(
        `SELECT token_hash FROM callbacks WHERE NOT EXISTS (
           SELECT 1 FROM jobs WHERE jobs.id = callbacks.job_id AND jobs.state NOT IN (${FINAL_STATES_SQL}))
         LIMIT ${PURGED_A_STATEMENT}`,
      );
      if (rows.length === 0) return purged;
      const hashes = rows.map(({ token_hash }) => token_hash);
      const some = `DELETE FROM callbacks WHERE token_hash IN (${placeholders(hashes)})`;
      purged += (await this.#database.change(some, hashes)).count;
    }
  }
}

function toCallback(row: CallbackRow): Callback {
  return {
    tokenHash: row.token_hash,
    jobId: row.job_id,
    workerId: row.worker_id,
    attempt: row.attempt,
    accepted: row.accepted === 1,
    outcome: row.outcome === null ? null : JSON.parse(row.outcome),
    created: row.created,
  };
}

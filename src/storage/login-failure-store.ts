import type { FailureCount, LoginFailureStore } from '../core/login-throttle.ts';
import type { Database } from './database.ts';
import { placeholders } from './placeholders.ts';

export class SqlLoginFailureStore implements LoginFailureStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(keys: readonly string[]): Promise<ReadonlyMap<string, FailureCount>> {
    const found = new Map<string, FailureCount>();
    if (keys.length === 0) return found;
    const rows = await this.#database.rows<{ key_hash: string; failures: number; last_failure: number }>(
      `SELECT key_hash, failures, last_failure FROM login_failures WHERE key_hash IN (${placeholders(keys)})`,
      keys,
    );
    for (const row of rows)
      found.set(row.key_hash, { failures: row.failures, lastFailure: row.last_failure });
    return found;
  }

  async add(keys: readonly string[], now: number, forgetBefore: number): Promise<void> {
    const { dialect } = this.#database;
    const last = 'login_failures.last_failure';
    // A statement a key: none holds one lock while it waits for another, as two guessers otherwise might.
    for (const key of new Set(keys)) {
      await this.#database.change(
        `INSERT INTO login_failures (key_hash, failures, last_failure) VALUES (?, 1, ?) ${dialect.insertOrUpdate(
          'key_hash',
          `failures = CASE WHEN ${last} < ? THEN 1 ELSE login_failures.failures + 1 END,
           last_failure = ${dialect.greatest(last, dialect.inserted('last_failure'))}`,
        )}`,
        [key, now, forgetBefore],
      );
    }
  }

  async clear(key: string): Promise<void> {
    await this.#database.change('DELETE FROM login_failures WHERE key_hash = ?', [key]);
  }

  async purge(before: number): Promise<number> {
    return (await this.#database.change('DELETE FROM login_failures WHERE last_failure < ?', [before])).count;
  }
}

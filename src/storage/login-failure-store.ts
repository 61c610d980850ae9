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

  async add(key: string, now: number, forgiveMs: number): Promise<void> {
    const { dialect } = this.#database;
    const [failures, last] = ['login_failures.failures', 'login_failures.last_failure'];
    const passed = dialect.greatest('0', `? - ${last}`);
    const left = dialect.greatest('0', `${failures} - (${passed} - ${passed} % ?) / ?`);
    await this.#database.change(
      `INSERT INTO login_failures (key_hash, failures, last_failure) VALUES (?, 1, ?) ${dialect.insertOrUpdate(
        'key_hash',
        `failures = ${left} + 1, last_failure = ${dialect.greatest(last, dialect.inserted('last_failure'))}`,
      )}`,
      [key, now, now, now, forgiveMs, forgiveMs],
    );
  }

  async clear(key: string): Promise<void> {
    await this.#database.change('DELETE FROM login_failures WHERE key_hash = ?', [key]);
  }

  async purge(before: number): Promise<number> {
    return (await this.#database.change('DELETE FROM login_failures WHERE last_failure < ?', [before])).count;
  }
}

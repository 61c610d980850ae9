import { placeholders } from './placeholders.ts';
import type { Sql } from './sql.ts';
import { textKey } from './text-key.ts';

const REMEMBERED = 10_000;

/** The ids of job groups by name, and the names by id, remembered: an id never comes to mean another group. */
export class JobGroups {
  readonly #sql: Sql;
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<number, string>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The group's id; the group is made if there is none. */
  async idFor(name: string): Promise<number> {
    const key = textKey(name);
    const remembered = this.#ids.get(key);
    if (remembered !== undefined) return remembered;
    const text = 'SELECT id FROM job_groups WHERE name_key = ?';
    let [row] = await this.#sql.rows<{ id: number }>(text, [key]);
    if (!row) {
      await this.#sql.change(
        `INSERT INTO job_groups (name_key, name) VALUES (?, ?) ${this.#sql.dialect.insertOrKeep('name_key')}`,
        [key, name],
      );
      [row] = await this.#sql.rows<{ id: number }>(text, [key]);
    }
    // Removed again in between, with its last record: make it anew.
    if (!row) return this.idFor(name);
    if (this.#ids.size >= REMEMBERED) this.#ids.clear();
    this.#ids.set(key, row.id);
    return row.id;
  }

  /** The names of groups that have records, or had some a moment ago. */
  async namesOf(ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const unknown = [...new Set(ids)].filter((id) => !this.#names.has(id));
    if (unknown.length > 0) {
      const rows = await this.#sql.rows<{ id: number; name: string }>(
        `SELECT id, name FROM job_groups WHERE id IN (${placeholders(unknown)})`,
        unknown,
      );
      if (this.#names.size + rows.length > REMEMBERED) this.#names.clear();
      for (const { id, name } of rows) this.#names.set(id, name);
    }
    return this.#names;
  }

  /** The group's last record was deleted, and the group with it. */
  forget(name: string): void {
    this.#ids.delete(textKey(name));
  }
}

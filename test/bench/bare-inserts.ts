import { createPool, type Pool } from 'mysql2/promise';
import type { BenchDatabase } from './bench-database.ts';

/** The message of every record that the bench adds. */
export const RECORD_MESSAGE = 'no answer from 10.0.0.1';
const ROW = '(1, ?, ?, ?, ?, 0, ?, ?, ?)';
const COLUMNS = 'group_id, group_pos, job_id, job_pos, target, error_code, error_message, username, created';

/** Inserts into a table like the store's, by nothing but mysql2: what a record costs where nothing is asked of it. */
export class BareInserts {
  readonly #pool: Pool;
  readonly #table: string;
  #position = 0;

  private constructor(pool: Pool, table: string) {
    this.#pool = pool;
    this.#table = table;
  }

  static async open(database: BenchDatabase, table: string, connections: number): Promise<BareInserts> {
    await database.query(`CREATE TABLE ${table} LIKE records`);
    const uri = database.url;
    return new BareInserts(createPool({ uri, connectionLimit: connections, charset: 'utf8mb4' }), table);
  }

  /** One statement, one commit. */
  async insert(jobId: string, rows = 1): Promise<void> {
    const values: (string | number)[] = [];
    for (let row = 0; row < rows; row++) {
      const position = this.#position++;
      values.push(position, jobId, position, `device-${position}`, RECORD_MESSAGE, 'admin', Date.now());
    }
    const text = `INSERT INTO ${this.#table} (${COLUMNS}) VALUES ${Array(rows).fill(ROW).join(', ')}`;
    // Prepared once a connection, which mysql2's documentation recommends.
    await this.#pool.execute(text, values);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

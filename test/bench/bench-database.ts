import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import { openStore } from '../../src/storage/open-store.ts';
import { textKey } from '../../src/storage/text-key.ts';
import { cheapAccount } from '../support/cheap-account.ts';
import { ADMIN_PASSWORD } from '../support/jobgate-node.ts';

const SERVER = process.env['BENCH_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306';

/** A job store of a bench on a MariaDB or MySQL server (BENCH_MYSQL_URL), with an administrator; thrown away by `drop`. */
export class BenchDatabase {
  readonly url: string;
  readonly #connection: Connection;
  readonly #name: string;

  private constructor(url: string, name: string, connection: Connection) {
    this.url = url;
    this.#name = name;
    this.#connection = connection;
  }

  static async create(): Promise<BenchDatabase> {
    const name = `jobgate_bench_${randomBytes(4).toString('hex')}`;
    const connection = await createConnection(SERVER);
    await connection.query(`CREATE DATABASE ${name}`);
    await connection.query(`USE ${name}`);
    const url = new URL(SERVER);
    url.pathname = `/${name}`;
    const store = await openStore({ url: url.href });
    await store.migrations.up();
    await store.accounts.insert(cheapAccount('admin', ADMIN_PASSWORD, 'admin'));
    await store.close();
    return new BenchDatabase(url.href, name, connection);
  }

  async query<Row>(text: string): Promise<Row[]> {
    return (await this.#connection.query(text))[0] as Row[];
  }

  /** Puts `count` records into a new group, past the store's own statements, as many programs would have left them: each job 1,000. */
  async fillGroup(group: string, count: number): Promise<void> {
    await this.query(`INSERT INTO job_groups (name_key, name) VALUES ('${textKey(group)}', '${group}')`);
    await this.query(
      `INSERT INTO records (group_id, group_pos, job_id, job_pos, target, error_code, error_message, username, created)
       SELECT (SELECT id FROM job_groups WHERE name = '${group}'), seq, CONCAT('${group}-', seq DIV 1000), seq MOD 1000,
         CONCAT('device-', seq), seq MOD 3, IF(seq MOD 3 = 0, NULL, CONCAT('no answer from 10.0.', seq MOD 250, '.1')),
         'admin', 1700000000000 + seq * 37
       FROM seq_0_to_${count - 1} ORDER BY seq`,
    );
    await this.query('ANALYZE TABLE records');
  }

  async drop(): Promise<void> {
    await this.#connection.query(`DROP DATABASE ${this.#name}`);
    await this.#connection.end();
  }
}

import type { Connection, QueryError, ResultSetHeader } from 'mysql2';
import { checkBindings, type DriverConnection } from './driver-connection.ts';
import { MYSQL } from './mysql-dialect.ts';
import type { Binding, Change, Repetition } from './sql.ts';

type Run = (
  text: string,
  values: readonly Binding[],
  done: (error: QueryError | null, answer: unknown) => void,
) => void;

/** What is used of mysql2. */
export type MysqlClient = Pick<Connection, 'destroy'> & { query: Run; execute: Run };

/** Statements on a connection of mysql2's. */
export class MysqlDriver implements DriverConnection {
  readonly dialect = MYSQL;
  readonly #client: MysqlClient;

  constructor(client: MysqlClient) {
    this.#client = client;
  }

  rows<Row>(text: string, bindings: readonly Binding[] = []): Promise<Row[]> {
    return this.#run<Row[]>(text, bindings);
  }

  async change(
    text: string,
    bindings: readonly Binding[] = [],
    repetition: Repetition = 'seldom',
  ): Promise<Change> {
    const { affectedRows, insertId } = await this.#run<ResultSetHeader>(text, bindings, repetition);
    return { count: affectedRows, lastId: Number(insertId) };
  }

  async command(text: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): Promise<void> {
    await this.#run(text, []);
  }

  discard(): void {
    this.#client.destroy();
  }

  #run<Answer>(
    text: string,
    bindings: readonly Binding[],
    repetition: Repetition = 'seldom',
  ): Promise<Answer> {
    checkBindings(bindings);
    return new Promise((resolve, reject) => {
      this.#client[repetition === 'prepared' ? 'execute' : 'query'](text, bindings, (error, answer) => {
        if (error) reject(error);
        else resolve(answer as Answer);
      });
    });
  }
}

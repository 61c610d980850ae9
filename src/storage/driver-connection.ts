import type { Binding, Sql } from './sql.ts';

/** A connection of one of the drivers, taken from the pool. Its errors are the driver's own. */
export interface DriverConnection extends Sql {
  /** Runs what has no bindings and no answer: BEGIN and the like. */
  command(text: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): Promise<void>;
  /** Its state is not known: the pool is to make a new one. */
  discard(): void;
}

/** Throws where a value is none that a statement may be given. */
export function checkBindings(bindings: readonly Binding[]): void {
  for (const value of bindings) {
    if (value === null || typeof value === 'string' || Number.isSafeInteger(value) || Buffer.isBuffer(value))
      continue;
    throw new TypeError(`a ${typeof value} that is no safe integer cannot be stored`);
  }
}

export async function inTransaction<T>(connection: DriverConnection, work: () => Promise<T>): Promise<T> {
  await connection.command('BEGIN');
  try {
    const result = await work();
    await connection.command('COMMIT');
    return result;
  } catch (error) {
    // A deadlock has undone it already, a lock that was waited for too long only its last statement.
    await connection.command('ROLLBACK').catch(() => connection.discard());
    throw error;
  }
}

import type { SqlDialect } from './sql.ts';

export const MYSQL: SqlDialect = {
  engine: 'mysql',
  now: 'CAST(ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS SIGNED)',
  greatest: (a, b) => `GREATEST(${a}, ${b})`,
  unindexed: (column) => column,
  forceIndex: (name) => `FORCE INDEX (${name})`,
  // MySQL 8 and MariaDB both take this older spelling; FOR SHARE is MySQL's only.
  lockShared: 'LOCK IN SHARE MODE',
  lockSkippingLocked: 'FOR UPDATE SKIP LOCKED',
  // Not INSERT IGNORE, which also turns values that do not fit into warnings.
  insertOrKeep: (key) => `ON DUPLICATE KEY UPDATE ${key} = ${key}`,
  insertOrUpdate: (_key, assignments) => `ON DUPLICATE KEY UPDATE ${assignments}`,
  inserted: (column) => `VALUES(${column})`,
  // The value comes back with the statement's own answer, where MySQL has no RETURNING.
  remember: (expression) => `LAST_INSERT_ID(${expression})`,
  async insertRemembering(sql, text, bindings) {
    const { count, lastId } = await sql.change(text, bindings);
    return count === 0 ? undefined : lastId;
  },
};

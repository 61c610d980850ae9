import type { SqlDialect } from './sql.ts';

export const SQLITE: SqlDialect = {
  engine: 'sqlite',
  now: "CAST(ROUND(unixepoch('subsec') * 1000) AS INTEGER)",
  greatest: (a, b) => `MAX(${a}, ${b})`,
  unindexed: (column) => `+${column}`,
  forceIndex: () => '',
  lockShared: '',
  lockSkippingLocked: '',
  insertOrKeep: (key) => `ON CONFLICT (${key}) DO NOTHING`,
  insertOrUpdate: (key, assignments) => `ON CONFLICT (${key}) DO UPDATE SET ${assignments}`,
  inserted: (column) => `excluded.${column}`,
  remember: (expression) => expression,
  async insertRemembering(sql, text, bindings, column) {
    const rows = await sql.rows<Record<string, number>>(`${text} RETURNING ${column}`, bindings);
    return rows.length === 0 ? undefined : Math.min(...rows.map((row) => row[column] ?? Number.NaN));
  },
};

import type { Table } from './table.ts';

export const loginFailures: Table = {
  name: 'login_failures',
  columns: (t) => [
    `key_hash ${t.ascii(43)} NOT NULL PRIMARY KEY`,
    `failures ${t.integer} NOT NULL`,
    `last_failure ${t.bigint} NOT NULL`,
  ],
  indexes: { login_failures_age: 'last_failure' },
};

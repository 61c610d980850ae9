import type { Table } from './table.ts';

export const sessions: Table = {
  name: 'sessions',
  columns: (t) => [
    `token_hash ${t.ascii(64)} NOT NULL PRIMARY KEY`,
    `username ${t.ascii(64)} NOT NULL`,
    `realm ${t.ascii(16)} NOT NULL`,
    `idle_ms ${t.bigint} NOT NULL`,
    `created ${t.bigint} NOT NULL`,
    `last_used ${t.bigint} NOT NULL`,
    `expires ${t.bigint} NOT NULL`,
  ],
  indexes: { sessions_user: 'username, realm' },
};

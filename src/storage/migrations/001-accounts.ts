import type { Table } from './table.ts';

export const accounts: Table = {
  name: 'accounts',
  columns: (t) => [
    `username ${t.ascii(64)} NOT NULL PRIMARY KEY`,
    `role ${t.ascii(16)} NOT NULL`,
    `password_hash ${t.ascii(255)} NOT NULL`,
    `created ${t.bigint} NOT NULL`,
    // Written by each log-in: the row lock that lets one log-in of a user pass at a time.
    `last_login ${t.bigint}`,
  ],
};

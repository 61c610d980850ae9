import type { Table } from './table.ts';

export const jobGroups: Table = {
  name: 'job_groups',
  columns: (t) => [
    `id ${t.serial}`,
    // SHA-256 of the name: collations pad trailing spaces, and names may differ by nothing else.
    `name_key ${t.ascii(43)} NOT NULL`,
    `name ${t.varchar(64)} NOT NULL`,
    // Positions below it are taken for good, though the last records may have been deleted.
    `floor ${t.bigint} NOT NULL DEFAULT 0`,
    // Positions whose records were deleted, and how often that happened.
    `holes ${t.bigint} NOT NULL DEFAULT 0`,
    `holes_version ${t.bigint} NOT NULL DEFAULT 0`,
  ],
  constraints: ['CONSTRAINT job_groups_name UNIQUE (name_key)'],
};

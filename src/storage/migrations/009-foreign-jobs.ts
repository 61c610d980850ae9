import type { Table } from './table.ts';

/** Jobs that ran elsewhere: their ids belong to whoever added the first record. */
export const foreignJobs: Table = {
  name: 'foreign_jobs',
  columns: (t) => [
    `job_id ${t.ascii(64)} NOT NULL PRIMARY KEY`,
    `owner ${t.ascii(64)} NOT NULL`,
    `created ${t.bigint} NOT NULL`,
  ],
};

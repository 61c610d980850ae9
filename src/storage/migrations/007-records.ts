import type { Table } from './table.ts';

export const records: Table = {
  name: 'records',
  columns: (t) => [
    `group_id ${t.bigint} NOT NULL`,
    // Both positions count from 0 without a gap, in the order of commit: see insert-records.ts.
    `group_pos ${t.bigint} NOT NULL`,
    `job_id ${t.ascii(64)} NOT NULL`,
    `job_pos ${t.bigint} NOT NULL`,
    `target ${t.varchar(256)} NOT NULL`,
    `error_code ${t.integer} NOT NULL`,
    `error_message ${t.mediumtext}`,
    `username ${t.ascii(64)} NOT NULL`,
    `created ${t.bigint} NOT NULL`,
  ],
  constraints: ['PRIMARY KEY (group_id, group_pos)', 'CONSTRAINT records_job UNIQUE (job_id, job_pos)'],
  clustered: true,
};

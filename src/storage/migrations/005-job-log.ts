import type { Table } from './table.ts';

export const jobLog: Table = {
  name: 'job_log',
  columns: (t) => [
    `seq ${t.serial}`,
    `job_id ${t.ascii(64)} NOT NULL`,
    `level ${t.integer} NOT NULL`,
    `at ${t.bigint} NOT NULL`,
    `text ${t.mediumtext} NOT NULL`,
  ],
  indexes: { job_log_job: 'job_id, seq' },
};

import type { Table } from './table.ts';

/** The right of an http program's endpoint to report on a job, and what it said in the end. */
export const callbacks: Table = {
  name: 'callbacks',
  columns: (t) => [
    `token_hash ${t.ascii(64)} NOT NULL PRIMARY KEY`,
    `job_id ${t.ascii(64)} NOT NULL`,
    `worker_id ${t.ascii(128)} NOT NULL`,
    `attempt ${t.integer} NOT NULL`,
    // 1 once the endpoint has said that it will call back.
    `accepted ${t.integer} NOT NULL DEFAULT 0`,
    // JSON, up to 1 MiB and a little.
    `outcome ${t.longtext}`,
    `created ${t.bigint} NOT NULL`,
  ],
  indexes: { callbacks_job: 'job_id, attempt' },
};

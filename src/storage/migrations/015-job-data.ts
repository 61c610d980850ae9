import type { Table } from './table.ts';

export const jobData: Table = {
  name: 'job_data',
  columns: (t) => [
    // A GUID: no engine tells both how it counted.
    `id ${t.ascii(36)} NOT NULL PRIMARY KEY`,
    `job_id ${t.ascii(64)} NOT NULL`,
    // Null until all of it is there, and again once it is to go: nobody sees it then.
    `number ${t.integer}`,
    `content_type ${t.varchar(255)} NOT NULL`,
    // Bytes.
    `length ${t.bigint} NOT NULL DEFAULT 0`,
    // 0 = it is being removed.
    `created ${t.bigint} NOT NULL`,
  ],
  constraints: ['CONSTRAINT job_data_number UNIQUE (job_id, number)'],
  indexes: { job_data_unseen: 'number, created' },
};

import type { Table } from './table.ts';

export const jobDataChunks: Table = {
  name: 'job_data_chunks',
  columns: (t) => [
    `data_id ${t.ascii(36)} NOT NULL`,
    // From 0 without a gap; each but the last as long as the first.
    `position ${t.integer} NOT NULL`,
    `bytes ${t.blob} NOT NULL`,
  ],
  constraints: ['PRIMARY KEY (data_id, position)'],
};

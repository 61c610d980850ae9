import type { Table } from './table.ts';

export const recordHoles: Table = {
  name: 'record_holes',
  columns: (t) => [
    `group_id ${t.bigint} NOT NULL`,
    // Deleted records are counted by stretches of positions: see hole-map.ts.
    `bucket_start ${t.bigint} NOT NULL`,
    `holes ${t.integer} NOT NULL`,
    // The group's holes_version that changed this row last: readers fetch only what is new to them.
    `version ${t.bigint} NOT NULL`,
  ],
  constraints: ['PRIMARY KEY (group_id, bucket_start)'],
  indexes: { record_holes_version: 'group_id, version' },
  clustered: true,
};

import type { Table } from './table.ts';

/** The runs of schedules; an execution's id is the group of its jobs. */
export const executions: Table = {
  name: 'executions',
  columns: (t) => [
    `seq ${t.serial}`,
    `id ${t.ascii(36)} NOT NULL`,
    `schedule_id ${t.ascii(36)} NOT NULL`,
    `owner ${t.ascii(64)} NOT NULL`,
    // What started it: `cron`, `demand`.
    `cause ${t.ascii(16)} NOT NULL`,
    `created ${t.bigint} NOT NULL`,
  ],
  constraints: ['CONSTRAINT executions_id UNIQUE (id)'],
  indexes: {
    // Newest first, everybody's and one user's.
    executions_schedule: 'schedule_id, seq',
    executions_owner: 'schedule_id, owner, seq',
  },
};

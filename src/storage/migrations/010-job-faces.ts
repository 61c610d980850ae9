import type { Addition } from './table.ts';

/** What the REST systems say of a job, and where it stands in a chain of jobs. */
export const jobFaces: Addition = {
  table: 'jobs',
  columns: (t) => [
    `type ${t.ascii(16)} NOT NULL DEFAULT 'program'`,
    // JSON; NULL = none, which is what most jobs have.
    `parameters ${t.longtext}`,
    `counters ${t.mediumtext}`,
    `is_read ${t.integer} NOT NULL DEFAULT 0`,
    // NULL = nothing follows its end. From 2 on it waits for another job while its state is `created`.
    `chain_position ${t.integer}`,
    `next_job ${t.ascii(64)}`,
  ],
  // A group's jobs, the last changed first; the owner is there so that counting reads no row.
  indexes: { jobs_group: 'group_name, updated, owner' },
};

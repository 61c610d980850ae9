import type { Table } from './table.ts';

export const jobs: Table = {
  name: 'jobs',
  columns: (t) => [
    `seq ${t.serial}`,
    `id ${t.ascii(64)} NOT NULL`,
    `group_name ${t.varchar(64)} NOT NULL`,
    `program ${t.varchar(255)} NOT NULL`,
    `owner ${t.ascii(64)} NOT NULL`,
    `state ${t.ascii(16)} NOT NULL`,
    `status_message ${t.mediumtext}`,
    `error_message ${t.mediumtext}`,
    `comment ${t.mediumtext}`,
    `worker_id ${t.ascii(128)}`,
    `progress_started ${t.bigint}`,
    `progress_count ${t.bigint} NOT NULL DEFAULT 0`,
    `progress_target ${t.bigint} NOT NULL DEFAULT 0`,
    `progress_percent ${t.integer} NOT NULL DEFAULT 0`,
    `targets ${t.longtext} NOT NULL`,
    `percentages ${t.longtext} NOT NULL`,
    `arguments ${t.longtext} NOT NULL`,
    `result ${t.longtext}`,
    // How often it was claimed (the fence), and how often its worker was lost (what gives it up).
    `attempt ${t.integer} NOT NULL DEFAULT 0`,
    `losses ${t.integer} NOT NULL DEFAULT 0`,
    // On the database's clock.
    `lease_until ${t.bigint}`,
    `log_bytes ${t.bigint} NOT NULL DEFAULT 0`,
    `created ${t.bigint} NOT NULL`,
    `updated ${t.bigint} NOT NULL`,
    `started ${t.bigint}`,
    `completed ${t.bigint}`,
  ],
  constraints: [
    'CONSTRAINT jobs_id UNIQUE (id)',
    `CONSTRAINT jobs_state CHECK (state IN ('created','queued','running','cancelling','completed','failed','cancelled','abandoned'))`,
    `CONSTRAINT jobs_completed CHECK ((completed IS NOT NULL) = (state IN ('completed','failed','cancelled','abandoned')))`,
    `CONSTRAINT jobs_lease CHECK ((lease_until IS NOT NULL) = (state IN ('running','cancelling')))`,
  ],
  indexes: {
    // The queue, oldest first; listings by state; counts of open jobs.
    jobs_queue: 'state, seq',
    jobs_owner: 'owner, seq',
    // What a worker holds. State first: worker_id stays on finished jobs.
    jobs_held: 'state, worker_id',
  },
};

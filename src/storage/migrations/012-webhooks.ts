import type { Table } from './table.ts';

/** Messages to send when a job has ended; along a chain they wait for its last job. */
export const webhooks: Table = {
  name: 'webhooks',
  columns: (t) => [
    `seq ${t.serial}`,
    `id ${t.ascii(64)} NOT NULL`,
    `job_id ${t.ascii(64)} NOT NULL`,
    `owner ${t.ascii(64)} NOT NULL`,
    `url ${t.mediumtext} NOT NULL`,
    `format ${t.ascii(32)} NOT NULL`,
    `state ${t.ascii(16)} NOT NULL`,
    `attempts ${t.integer} NOT NULL DEFAULT 0`,
    `next_attempt ${t.bigint}`,
    // On the database's clock.
    `lease_until ${t.bigint}`,
    // Rendered at the first attempt, the same bytes at each.
    `body ${t.longtext}`,
    `last_status ${t.integer}`,
    `last_error ${t.mediumtext}`,
    `created ${t.bigint} NOT NULL`,
    `settled ${t.bigint}`,
  ],
  constraints: [
    'CONSTRAINT webhooks_id UNIQUE (id)',
    `CONSTRAINT webhooks_state CHECK (state IN ('waiting','due','delivered','dead'))`,
  ],
  indexes: { webhooks_job: 'job_id', webhooks_due: 'state, next_attempt' },
};

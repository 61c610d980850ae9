import type { Table } from './table.ts';

export const schedules: Table = {
  name: 'schedules',
  columns: (t) => [
    `seq ${t.serial}`,
    `id ${t.ascii(36)} NOT NULL`,
    `name ${t.varchar(255)} NOT NULL`,
    // In upper case, which of one character may make three.
    `search_name ${t.varchar(765)} NOT NULL`,
    `description ${t.mediumtext} NOT NULL`,
    `type ${t.ascii(32)} NOT NULL`,
    `owner ${t.ascii(64)} NOT NULL`,
    `program ${t.varchar(255)} NOT NULL`,
    `arguments ${t.longtext} NOT NULL`,
    `parameters ${t.longtext} NOT NULL`,
    `cron ${t.ascii(255)}`,
    `time_zone ${t.ascii(64)} NOT NULL`,
    `state ${t.ascii(16)} NOT NULL`,
    // Removed by a client, or because it left the catalogue: `client`, `catalogue`.
    `removed_by ${t.ascii(16)}`,
    // SHA-256 of what the catalogue says; NULL = made by a client.
    `definition ${t.ascii(43)}`,
    `next_run ${t.bigint}`,
    `last_run ${t.bigint}`,
    `created ${t.bigint} NOT NULL`,
  ],
  constraints: [
    'CONSTRAINT schedules_id UNIQUE (id)',
    `CONSTRAINT schedules_state CHECK (state IN ('active','held'))`,
    `CONSTRAINT schedules_next CHECK (next_run IS NULL OR (state = 'active' AND removed_by IS NULL AND cron IS NOT NULL))`,
  ],
  indexes: {
    schedules_due: 'next_run',
    schedules_owner: 'owner, seq',
  },
};

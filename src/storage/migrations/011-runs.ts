import type { Table } from './table.ts';

/** Keys that clients gave to what they submitted, so that a repeated request starts nothing twice. */
export const runs: Table = {
  name: 'runs',
  columns: (t) => [
    `owner ${t.ascii(64)} NOT NULL`,
    // SHA-256 of the key: collations pad trailing spaces, and keys may differ by nothing else.
    `run_key ${t.ascii(43)} NOT NULL`,
    `fingerprint ${t.ascii(64)} NOT NULL`,
    `job_id ${t.ascii(64)} NOT NULL`,
  ],
  constraints: ['PRIMARY KEY (owner, run_key)'],
  indexes: { runs_job: 'job_id' },
  clustered: true,
};

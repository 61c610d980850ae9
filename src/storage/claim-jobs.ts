import type { JobType } from '../core/job.ts';
import type { ClaimedJob, JobQueue } from '../core/job-queue.ts';
import type { Database } from './database.ts';
import { placeholders } from './placeholders.ts';

interface QueuedRow {
  seq: number;
  id: string;
  group_name: string;
  program: string;
  type: JobType;
  owner: string;
  arguments: string;
  targets: string;
  parameters: string | null;
  attempt: number;
}

type ClaimRequest = Parameters<JobQueue['claim']>[0];

const FULL_LOOK_EVERY_MS = 1_000;
/**
 * Jobs inserted at the same time may become visible in another order; so many are looked over again, and what was missed all
 * the same is found within a second. 1,000 take a claim of 32 jobs 1.6 ms of its 6.
 */
const SLACK = 200;
/** Positions that a claim looks over past its start. With no bound MySQL walks the queue from its head after all. */
const STRETCH = 10_000;

/**
 * Takes jobs from the head of the queue. The head of the index is full of entries of jobs
 * claimed a moment ago, which InnoDB has yet to purge and each claim walks over (measured:
 * 0.08 of the throughput of plain updates); so while the queue is long, claims start where
 * the last one ended, and once a second from the very head, where jobs come back to. While
 * a backup held up the purge, jobs went at 4,200 a second, and from the head at 1,100 and falling.
 */
export class JobClaims {
  readonly #database: Database;
  #watermark = 0;
  #lastFullLook = Number.NEGATIVE_INFINITY;

  constructor(database: Database) {
    this.#database = database;
  }

  async claim(request: ClaimRequest): Promise<ClaimedJob[]> {
    if (request.limit < 1) return [];
    const time = performance.now();
    if (time - this.#lastFullLook > FULL_LOOK_EVERY_MS) this.#watermark = 0;
    const start = this.#watermark;
    let rows = start > 0 ? await claimFrom(this.#database, [start, start + STRETCH], request) : [];
    if (rows.length === 0) {
      this.#lastFullLook = time;
      rows = await claimFrom(this.#database, [0, Number.MAX_SAFE_INTEGER], request);
    }
    const queueIsLong = rows.length === request.limit;
    this.#watermark = queueIsLong ? Math.max(0, (rows.at(-1)?.seq ?? 0) - SLACK) : 0;
    return rows.map((row) => ({
      jobId: row.id,
      workerId: request.workerId,
      attempt: row.attempt + 1,
      group: row.group_name,
      program: row.program,
      type: row.type,
      owner: row.owner,
      arguments: JSON.parse(row.arguments),
      targets: JSON.parse(row.targets),
      parameters: row.parameters === null ? [] : JSON.parse(row.parameters),
    }));
  }

  /** A job may have come back to the head of the queue. */
  lookFromTheHead(): void {
    this.#watermark = 0;
  }
}

function claimFrom(
  database: Database,
  [after, last]: readonly [number, number],
  request: ClaimRequest,
): Promise<QueuedRow[]> {
  const { workerId, limit, leaseMs, now } = request;
  const { dialect } = database;
  return database.transaction(async (sql) => {
    // Left to itself MariaDB may take the index by the state alone, and walk the queue from its head after all: 32 jobs 3.6 ms
    // and not 2.4; and it may update by the index that the update changes, which makes a list of the rows first: 2.5 and not 2.2.
    const rows = await sql.rows<QueuedRow>(
      `SELECT seq, id, group_name, program, type, owner, arguments, targets, parameters, attempt
       FROM jobs ${dialect.forceIndex('jobs_queue')} WHERE state = 'queued' AND seq > ? AND seq <= ? ORDER BY seq LIMIT ? ${dialect.lockSkippingLocked}`,
      [after, last, limit],
    );
    if (rows.length > 0) {
      await sql.change(
        `UPDATE jobs ${dialect.forceIndex('PRIMARY')} SET state = 'running', worker_id = ?, attempt = attempt + 1, lease_until = ${dialect.now} + ?,
           started = COALESCE(started, ?), updated = ?
         WHERE seq IN (${placeholders(rows)}) AND state = 'queued'`,
        [workerId, leaseMs, now, now, ...rows.map(({ seq }) => seq)],
      );
    }
    return rows;
  });
}

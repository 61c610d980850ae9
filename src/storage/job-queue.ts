import type {
  ClaimedJob,
  Fence,
  HeldJob,
  JobQueue,
  LogLine,
  Outcome,
  ProgressReport,
  Rescued,
} from '../core/job-queue.ts';
import type { FinalJobState } from '../core/job-state.ts';
import type { ProgramRecord } from '../core/status-record.ts';
import { JobClaims } from './claim-jobs.ts';
import type { Database } from './database.ts';
import { endJob } from './end-job.ts';
import { FENCE_SQL, fenceBindings } from './fence.ts';
import { type Finish, finishJobs } from './finish-jobs.ts';
import { GatheredCalls } from './gathered-calls.ts';
import { appendJobLog } from './job-log.ts';
import { placeholders } from './placeholders.ts';
import { BATCH_BYTES } from './record-batch.ts';
import type { RecordWriter } from './record-writer.ts';
import { ENDED_SQL, REQUEUED_SQL, rescueJobs } from './rescue-jobs.ts';
import type { Binding, Sql } from './sql.ts';
import { HELD_STATES_SQL, heldStatesBefore } from './state-guard.ts';

const FINISHED_TOGETHER = 32;

export class SqlJobQueue implements JobQueue {
  readonly #database: Database;
  readonly #records: RecordWriter;
  readonly #claims: JobClaims;
  /** Jobs that end at the same time share a transaction. */
  readonly #finishes: GatheredCalls<Finish, boolean>;

  constructor(database: Database, records: RecordWriter) {
    this.#database = database;
    this.#records = records;
    this.#claims = new JobClaims(database);
    this.#finishes = new GatheredCalls<Finish, boolean>({
      most: FINISHED_TOGETHER,
      mostBytes: BATCH_BYTES,
      bytes: ({ outcome: { result, errorMessage } }) =>
        3 * ((result === null ? 0 : JSON.stringify(result).length) + (errorMessage?.length ?? 0)),
      key: ({ fence }) => fence.jobId,
      alone: (finish) => this.#finish(finish),
      together: async (finishes) =>
        (await finishJobs(database, finishes)) ? finishes.map(() => true) : undefined,
    });
  }

  claim(request: Parameters<JobQueue['claim']>[0]): Promise<ClaimedJob[]> {
    return this.#claims.claim(request);
  }

  async heartbeat(workerId: string, jobIds: readonly string[], leaseMs: number): Promise<HeldJob[]> {
    const held = `state IN (${HELD_STATES_SQL}) AND worker_id = ?`;
    if (jobIds.length > 0) {
      await this.#database.change(
        `UPDATE jobs SET lease_until = ${this.#database.dialect.now} + ? WHERE ${held} AND id IN (${placeholders(jobIds)})`,
        [leaseMs, workerId, ...jobIds],
      );
    }
    const rows = await this.#database.rows<{ id: string; attempt: number; state: HeldJob['state'] }>(
      `SELECT id, attempt, state FROM jobs WHERE ${held}`,
      [workerId],
    );
    return rows.map(({ id, attempt, state }) => ({ jobId: id, workerId, attempt, state }));
  }

  report(
    fence: Fence,
    { progress, percentages, statusMessage, counters }: ProgressReport,
    now: number,
  ): Promise<boolean> {
    const assignments = ['updated = ?'];
    const values: Binding[] = [now];
    if (progress) {
      assignments.push('progress_started = ?, progress_count = ?, progress_target = ?, progress_percent = ?');
      values.push(progress.startedAt, progress.count, progress.target, progress.percent);
    }
    if (percentages) {
      assignments.push('percentages = ?');
      values.push(JSON.stringify(percentages));
    }
    if (statusMessage !== undefined) {
      assignments.push('status_message = ?');
      values.push(statusMessage);
    }
    if (counters) {
      assignments.push('counters = ?');
      values.push(JSON.stringify(counters));
    }
    return this.#update(fence, assignments.join(', '), values, HELD_STATES_SQL);
  }

  appendLog(fence: Fence, lines: readonly LogLine[]): Promise<boolean> {
    return appendJobLog(this.#database, fence, lines);
  }

  appendRecords(fence: Fence, records: readonly ProgramRecord[]): Promise<boolean> {
    return this.#records.addFenced(fence, records);
  }

  finish(fence: Fence, outcome: Outcome, now: number): Promise<boolean> {
    return this.#finishes.call({ fence, outcome, now });
  }

  #finish({ fence, outcome: { state, result, errorMessage }, now }: Finish): Promise<boolean> {
    return this.#end(
      fence,
      state,
      `state = ?, result = ?, error_message = ?, ${ENDED_SQL}`,
      [state, JSON.stringify(result), errorMessage, now, now],
      now,
    );
  }

  async giveBack(fence: Fence, now: number): Promise<boolean> {
    const queued = `updated = ?, ${REQUEUED_SQL}`;
    const back =
      (await this.#update(fence, queued, [now], heldStatesBefore('queued'))) ||
      // Told to stop, before the first statement or between the two: nothing else can have happened to a job still held.
      (await this.#end(fence, 'cancelled', `state = 'cancelled', ${ENDED_SQL}`, [now, now], now));
    this.#claims.lookFromTheHead();
    return back;
  }

  async rescue({ maxLosses, now }: { maxLosses: number; now: number }): Promise<Rescued> {
    const rescued = await rescueJobs(this.#database, maxLosses, now);
    if (rescued.requeued > 0) this.#claims.lookFromTheHead();
    return rescued;
  }

  #end(
    fence: Fence,
    state: FinalJobState,
    assignments: string,
    values: Binding[],
    now: number,
  ): Promise<boolean> {
    const end = (sql: Sql, followed: string) =>
      updateFenced(sql, fence, assignments, values, `state IN (${heldStatesBefore(state)}) AND ${followed}`);
    return endJob(this.#database, end, fence.jobId, state, now);
  }

  #update(fence: Fence, assignments: string, values: Binding[], states: string): Promise<boolean> {
    return updateFenced(this.#database, fence, assignments, values, `state IN (${states})`);
  }
}

async function updateFenced(
  sql: Sql,
  fence: Fence,
  assignments: string,
  values: Binding[],
  condition: string,
): Promise<boolean> {
  const text = `UPDATE jobs SET ${assignments} WHERE ${FENCE_SQL} AND ${condition}`;
  return (await sql.change(text, [...values, ...fenceBindings(fence)])).count > 0;
}

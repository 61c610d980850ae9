import type { Job, JobDetail, JobPayload, NewJob, TargetProgress } from '../core/job.ts';
import type { LogLine } from '../core/job-queue.ts';
import { type JobState, OPEN_STATES } from '../core/job-state.ts';
import type {
  AmendOutcome,
  CancelOutcome,
  JobAmendment,
  JobFilter,
  JobOrder,
  JobPage,
  JobRange,
  JobStore,
} from '../core/job-store.ts';
import type { KnownRun, NewRun } from '../core/run.ts';
import { amendJob } from './amend-job.ts';
import { isAsciiId } from './ascii-id.ts';
import { cancelWaiting, requestCancel } from './cancel-job.ts';
import type { Database } from './database.ts';
import { insertRun } from './insert-run.ts';
import { JobInsertions } from './job-insertions.ts';
import { listJobs } from './job-list.ts';
import { readJobLog } from './job-log.ts';
import { pageOfJobs } from './job-page.ts';
import { JobReads } from './job-reads.ts';
import { placeholders } from './placeholders.ts';
import { removeJob } from './remove-job.ts';

export class SqlJobStore implements JobStore {
  readonly #database: Database;
  readonly #reads: JobReads;
  readonly #insertions: JobInsertions;

  constructor(database: Database) {
    this.#database = database;
    this.#reads = new JobReads(database);
    this.#insertions = new JobInsertions(database);
  }

  insert(job: NewJob): Promise<void> {
    return this.#insertions.insert(job);
  }

  insertRun(run: NewRun): Promise<KnownRun | undefined> {
    return insertRun(this.#database, run);
  }

  find(id: string): Promise<Job | undefined> {
    return this.#reads.find(id);
  }

  findWithTargets(id: string): Promise<(Job & TargetProgress) | undefined> {
    return this.#reads.findWithTargets(id);
  }

  findDetail(id: string): Promise<JobDetail | undefined> {
    return this.#reads.findDetail(id);
  }

  findPayload(id: string): Promise<JobPayload | undefined> {
    return this.#reads.findPayload(id);
  }

  list(filter: JobFilter): AsyncIterable<Job[]> {
    return listJobs(this.#database, filter);
  }

  page(filter: JobFilter, order: JobOrder, range: JobRange): Promise<JobPage> {
    return pageOfJobs(this.#database, filter, order, range);
  }

  async statesOf(ids: readonly string[]): Promise<Map<string, JobState>> {
    const possible = ids.filter(isAsciiId);
    if (possible.length === 0) return new Map();
    const rows = await this.#database.rows<{ id: string; state: JobState }>(
      `SELECT id, state FROM jobs WHERE id IN (${placeholders(possible)})`,
      possible,
    );
    return new Map(rows.map(({ id, state }) => [id, state]));
  }

  async readLog(id: string, level: LogLine['level']): Promise<LogLine[]> {
    return isAsciiId(id) ? readJobLog(this.#database, id, level) : [];
  }

  amend(id: string, amendment: JobAmendment, now: number): Promise<AmendOutcome> {
    return amendJob(this.#database, id, amendment, now);
  }

  cancelWaiting(id: string, now: number, lastUpdated?: number): Promise<CancelOutcome> {
    return cancelWaiting(this.#database, id, now, lastUpdated);
  }

  requestCancel(id: string, now: number): Promise<CancelOutcome> {
    return requestCancel(this.#database, id, now);
  }

  async setComment(id: string, comment: string | null, now: number): Promise<boolean> {
    if (!isAsciiId(id)) return false;
    const text = 'UPDATE jobs SET comment = ?, updated = ? WHERE id = ?';
    return (await this.#database.change(text, [comment, now, id])).count > 0;
  }

  async markRead(id: string): Promise<boolean> {
    if (!isAsciiId(id)) return false;
    return (await this.#database.change('UPDATE jobs SET is_read = 1 WHERE id = ?', [id])).count > 0;
  }

  async remove(id: string): Promise<boolean> {
    return isAsciiId(id) && removeJob(this.#database, id);
  }

  async countOpen(): Promise<Record<(typeof OPEN_STATES)[number], number>> {
    const rows = await this.#database.rows<{ state: (typeof OPEN_STATES)[number]; jobs: number }>(
      `SELECT state, COUNT(*) AS jobs FROM jobs WHERE state IN (${placeholders(OPEN_STATES)}) GROUP BY state`,
      OPEN_STATES,
    );
    const counts = { created: 0, queued: 0, running: 0, cancelling: 0 };
    for (const { state, jobs } of rows) counts[state] = jobs;
    return counts;
  }
}

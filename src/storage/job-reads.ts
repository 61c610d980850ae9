import type { Job, JobDetail, JobPayload, TargetProgress } from '../core/job.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { JOB_COLUMNS, JOB_DETAIL_COLUMNS, type JobRow, toJob, toJobDetail } from './job-row.ts';
import { placeholders } from './placeholders.ts';
import { TurnReads } from './turn-reads.ts';

interface TargetsRow extends JobRow {
  targets: string;
  percentages: string;
}

/** Jobs by their ids, with as much of them as is asked for: what polling clients ask for all day. */
export class JobReads {
  readonly #database: Database;
  readonly #jobs: TurnReads<Job>;
  readonly #withTargets: TurnReads<Job & TargetProgress>;
  readonly #details: TurnReads<JobDetail>;

  constructor(database: Database) {
    this.#database = database;
    this.#jobs = this.#reads(JOB_COLUMNS, toJob);
    this.#withTargets = this.#reads(`${JOB_COLUMNS}, targets, percentages`, toJobWithTargets);
    this.#details = this.#reads(JOB_DETAIL_COLUMNS, toJobDetail);
  }

  async find(id: string): Promise<Job | undefined> {
    return isAsciiId(id) ? this.#jobs.find(id) : undefined;
  }

  async findWithTargets(id: string): Promise<(Job & TargetProgress) | undefined> {
    return isAsciiId(id) ? this.#withTargets.find(id) : undefined;
  }

  async findDetail(id: string): Promise<JobDetail | undefined> {
    return isAsciiId(id) ? this.#details.find(id) : undefined;
  }

  /** One at a time: several may be megabytes each. */
  async findPayload(id: string): Promise<JobPayload | undefined> {
    if (!isAsciiId(id)) return undefined;
    const [row] = await this.#database.rows<{ arguments: string; targets: string; result: string | null }>(
      'SELECT arguments, targets, result FROM jobs WHERE id = ?',
      [id],
    );
    return (
      row && {
        arguments: JSON.parse(row.arguments),
        targets: JSON.parse(row.targets),
        result: row.result === null ? null : JSON.parse(row.result),
      }
    );
  }

  #reads<Row extends JobRow, Value>(columns: string, toValue: (row: Row) => Value): TurnReads<Value> {
    return new TurnReads(async (ids) => {
      const text = `SELECT ${columns} FROM jobs WHERE id IN (${placeholders(ids)})`;
      const rows = await this.#database.rows<Row>(text, ids);
      return new Map(rows.map((row) => [row.id, toValue(row)]));
    });
  }
}

function toJobWithTargets(row: TargetsRow): Job & TargetProgress {
  const progress = { targets: JSON.parse(row.targets), percentages: JSON.parse(row.percentages) };
  return Object.assign(toJob(row), progress);
}

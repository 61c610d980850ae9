import type { NewJob } from '../core/job.ts';
import type { Database } from './database.ts';
import { isDuplicate } from './database-error.ts';
import { GatheredCalls } from './gathered-calls.ts';
import { insertJob, insertJobs, jobExists } from './insert-job.ts';
import { BATCH_BYTES } from './record-batch.ts';

const MOST = 64;
/** Of what a job has beside its lists, at most. */
const ROW_BYTES = 4_096;

/** See JobStore.insert. Jobs that are submitted at the same time share a transaction. */
export class JobInsertions {
  readonly #calls: GatheredCalls<NewJob, void>;

  constructor(database: Database) {
    this.#calls = new GatheredCalls<NewJob, void>({
      most: MOST,
      mostBytes: BATCH_BYTES,
      bytes: bytesOf,
      key: ({ id }) => id,
      async alone(job) {
        try {
          await database.transaction((sql) => insertJob(sql, job));
        } catch (error) {
          throw isDuplicate(error) ? jobExists(job.id) : error;
        }
      },
      async together(jobs) {
        await database.transaction((sql) => insertJobs(sql, jobs));
        return jobs.map(() => undefined);
      },
    });
  }

  insert(job: NewJob): Promise<void> {
    return this.#calls.call(job);
  }
}

/** About: a UTF-16 unit takes at most three bytes, and six where JSON escapes it. */
function bytesOf({ targets, arguments: values, parameters }: NewJob): number {
  const lists =
    targets.length + values.length + parameters.length === 0
      ? ''
      : JSON.stringify([targets, values, parameters]);
  return ROW_BYTES + 3 * lists.length;
}

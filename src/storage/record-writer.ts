import { setImmediate as nextTurn } from 'node:timers/promises';
import { JobgateError } from '../core/error.ts';
import type { Fence } from '../core/job-queue.ts';
import type { NewRecord, ProgramRecord, StatusRecord } from '../core/status-record.ts';
import type { Database } from './database.ts';
import { isDuplicate } from './database-error.ts';
import { FENCE_SQL, fenceBindings } from './fence.ts';
import { guardHolds, type RecordValues } from './insert-records.ts';
import type { JobGroups } from './job-group.ts';
import {
  BATCH_BYTES,
  BATCH_ROWS,
  guardsOf,
  type RecordEntry,
  recordBytes,
  takeBatch,
} from './record-batch.ts';
import { RecordInsertion } from './record-insertion.ts';
import { HELD_STATES_SQL } from './state-guard.ts';

/**
 * Stores records, clients' and programs' alike. In each group one statement is under way
 * at a time; what arrives meanwhile goes together into the next, so that many callers share
 * a commit and never meet on the group's next position.
 */
export class RecordWriter {
  readonly #database: Database;
  readonly #groups: JobGroups;
  readonly #insertion: RecordInsertion;
  /** What waits for each group; a group is here while a statement for it is under way. */
  readonly #waiting = new Map<string, RecordEntry[]>();

  constructor(database: Database, groups: JobGroups) {
    this.#database = database;
    this.#groups = groups;
    this.#insertion = new RecordInsertion(database);
  }

  /** See RecordStore.add. */
  add(record: NewRecord, job: 'known' | 'foreign'): Promise<StatusRecord> {
    return new Promise((resolve, reject) => {
      this.#submit(record.group, {
        guard: job === 'known' ? { jobId: record.jobId } : undefined,
        records: [record],
        stored: (groupId, position) => resolve({ recordId: `${groupId}-${position}`, ...record }),
        refused: () => reject(new JobgateError('JOB_NOT_FOUND', `there is no job ${record.jobId}`)),
        failed: reject,
      });
    });
  }

  /** See JobQueue.appendRecords. Stored in order, in several statements when they are many. */
  async addFenced(fence: Fence, records: readonly ProgramRecord[]): Promise<boolean> {
    const [job] = await this.#database.rows<{ group_name: string; owner: string }>(
      `SELECT group_name, owner FROM jobs WHERE ${FENCE_SQL} AND state IN (${HELD_STATES_SQL})`,
      fenceBindings(fence),
    );
    if (!job) return false;
    const values = records.map((record) => ({ jobId: fence.jobId, username: job.owner, ...record }));
    for (const part of partsOf(values)) {
      const stored = await new Promise<boolean>((resolve, reject) => {
        const { jobId, workerId, attempt } = fence;
        this.#submit(job.group_name, {
          guard: { jobId, workerId, attempt },
          records: part,
          stored: () => resolve(true),
          refused: () => resolve(false),
          failed: reject,
        });
      });
      if (!stored) return false;
    }
    return true;
  }

  #submit(group: string, entry: RecordEntry): void {
    const waiting = this.#waiting.get(group);
    if (waiting) {
      waiting.push(entry);
      return;
    }
    const queue = [entry];
    this.#waiting.set(group, queue);
    void this.#drain(group, queue);
  }

  async #drain(group: string, queue: RecordEntry[]): Promise<void> {
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      try {
        await this.#store(group, batch);
      } catch (error) {
        for (const entry of batch) entry.failed(error);
      }
      // Callers who were just told go on at once, all in the next statement: of 32, one went alone and 31 behind it.
      if (batch.length > 1) await nextTurn();
    }
    this.#waiting.delete(group);
  }

  async #store(group: string, batch: readonly RecordEntry[]): Promise<void> {
    let left = batch;
    while (left.length > 0) {
      const groupId = await this.#groups.idFor(group);
      const entries = left;
      const first = await this.#insert(groupId, entries);
      if (first !== undefined) {
        let position = first;
        for (const entry of entries) {
          entry.stored(groupId, position);
          position += entry.records.length;
        }
        return;
      }
      // The group was removed with its last record, or a job's guard failed: seldom, so found out only now.
      this.#groups.forget(group);
      left = await this.#refuseUnguarded(entries);
    }
  }

  async #insert(groupId: number, entries: readonly RecordEntry[]): Promise<number | undefined> {
    const records: RecordValues[] = entries.flatMap((entry) => entry.records);
    try {
      return await this.#insertion.insert(groupId, guardsOf(entries), records);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new JobgateError('STORE_UNAVAILABLE', 'too many writers to one job group', { cause: error });
    }
  }

  async #refuseUnguarded(entries: readonly RecordEntry[]): Promise<RecordEntry[]> {
    const failed = new Set<string>();
    for (const guard of guardsOf(entries)) {
      if (!(await guardHolds(this.#database, guard))) failed.add(guard.jobId);
    }
    const isRefused = ({ guard }: RecordEntry) => guard !== undefined && failed.has(guard.jobId);
    for (const entry of entries.filter(isRefused)) entry.refused();
    return entries.filter((entry) => !isRefused(entry));
  }
}

function* partsOf(records: readonly RecordValues[]): Generator<RecordValues[]> {
  let part: RecordValues[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = recordBytes(record);
    if (part.length > 0 && (part.length === BATCH_ROWS || bytes + size > BATCH_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

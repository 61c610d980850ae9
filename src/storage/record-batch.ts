import type { RecordGuard, RecordValues } from './insert-records.ts';

/** Records that go in together or not at all, and what to do once they have. */
export interface RecordEntry {
  readonly guard: RecordGuard | undefined;
  readonly records: readonly RecordValues[];
  /** They were stored in this group, from this position on. */
  stored(groupId: number, position: number): void;
  /** The guard failed. */
  refused(): void;
  failed(error: unknown): void;
}

/** 128 rows a statement store 16 times as many records a second as one row a statement; more gain little. */
export const BATCH_ROWS = 128;
/** Far below max_allowed_packet, even when every byte is escaped. A single record may be larger. */
export const BATCH_BYTES = 1024 * 1024;

export function recordBytes({ errorMessage }: Pick<RecordValues, 'errorMessage'>): number {
  // UTF-8 takes at most three bytes for a UTF-16 unit; the rest of a record is at most 1.5 KB.
  return 1536 + 3 * (errorMessage?.length ?? 0);
}

/** Takes from the queue's head what fits one statement. Two claims to one job cannot both hold, so they go apart. */
export function takeBatch(queue: RecordEntry[]): RecordEntry[] {
  const guards = new Map<string, string>();
  let rows = 0;
  let bytes = 0;
  let count = 0;
  for (const { guard, records } of queue) {
    rows += records.length;
    bytes += records.reduce((sum, record) => sum + recordBytes(record), 0);
    if (count > 0 && (rows > BATCH_ROWS || bytes > BATCH_BYTES)) break;
    if (guard) {
      const key = JSON.stringify(guard);
      if ((guards.get(guard.jobId) ?? key) !== key) break;
      guards.set(guard.jobId, key);
    }
    count++;
  }
  return queue.splice(0, count);
}

/** Each guard of a batch once: the statement counts the jobs that meet them. */
export function guardsOf(batch: readonly RecordEntry[]): RecordGuard[] {
  const guards = batch.flatMap(({ guard }) => (guard ? [guard] : []));
  return [...new Map(guards.map((guard) => [guard.jobId, guard])).values()];
}

import type { RecordPage } from '../core/record-store.ts';
import type { StatusRecord } from '../core/status-record.ts';
import { inChunks, type RecordList, type RecordRow } from './record-list.ts';

/** Rows read at once: 1,000 records of usual size are half a megabyte. */
export const PAGE_BATCH = 1_000;

/**
 * Rows read at once after the first batch, one batch ahead. A small request of another client comes in between two: its 99th
 * percentile is 40 to 52 ms with batches of 1,000 and 35 with 500, at 170,000 records a second; batches of 250 cost a third of those.
 */
const NEXT_BATCH = 500;

/** A page as far as it has been read. */
interface Begun {
  readonly total: number;
  /** Records the page is to have, and its first ones. */
  readonly wanted: number;
  readonly rows: readonly RecordRow[];
  /** Positions from here on came after the page was asked for. */
  readonly end: number;
}

/** The page's items in an array when they are at hand, else read on as the consumer asks; no transaction stays open. */
export async function toPage(list: RecordList, begun: Begun): Promise<RecordPage> {
  const { total, wanted, rows } = begun;
  const chunks = inChunks(rows);
  const first = await list.complete(chunks[0] ?? []);
  if (wanted === rows.length && chunks.length === 1) return { total, items: first };
  return { total, items: readOn(list, begun, first) };
}

/** Each batch is asked for before the one before it is handed on: the database reads while that is written. */
async function* readOn(
  list: RecordList,
  begun: Begun,
  first: StatusRecord[],
): AsyncGenerator<StatusRecord[]> {
  let { rows } = begun;
  let chunks = inChunks(rows);
  let left = begun.wanted;
  let complete: StatusRecord[] | undefined = first;
  for (;;) {
    left -= rows.length;
    const from = (rows.at(-1)?.pos ?? begun.end) + 1;
    const isLast = left <= 0 || from >= begun.end;
    const next = isLast ? undefined : list.read(from, begun.end, Math.min(NEXT_BATCH, left), 0);
    // Nobody may wait for it any more by the time it fails.
    next?.catch(() => {});
    for (const chunk of chunks) {
      yield complete ?? (await list.complete(chunk));
      complete = undefined;
    }
    rows = (await next) ?? [];
    if (rows.length === 0) return;
    chunks = inChunks(rows);
  }
}

import type { RecordPage } from '../core/record-store.ts';
import type { StatusRecord } from '../core/status-record.ts';
import { inChunks, type RecordList, type RecordRow } from './record-list.ts';

/** Rows read at once: 1,000 records of usual size are half a megabyte. */
export const PAGE_BATCH = 1_000;

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

async function* readOn(
  list: RecordList,
  begun: Begun,
  first: StatusRecord[],
): AsyncGenerator<StatusRecord[]> {
  yield first;
  let { rows } = begun;
  let [, ...chunks] = inChunks(rows);
  let left = begun.wanted;
  for (;;) {
    for (const chunk of chunks) yield await list.complete(chunk);
    left -= rows.length;
    const from = (rows.at(-1)?.pos ?? begun.end) + 1;
    if (left <= 0 || from >= begun.end) return;
    rows = await list.read(from, begun.end, Math.min(PAGE_BATCH, left), 0);
    if (rows.length === 0) return;
    chunks = inChunks(rows);
  }
}

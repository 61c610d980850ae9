import type { RecordPage, RecordRange, RecordStore } from '../core/record-store.ts';
import type { NewRecord, StatusRecord } from '../core/status-record.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { claimForeignJob } from './foreign-job.ts';
import type { Start } from './hole-map.ts';
import { HoleMaps } from './hole-maps.ts';
import type { JobGroups } from './job-group.ts';
import type { KeptRecords } from './kept-records.ts';
import { placeholders } from './placeholders.ts';
import { RecordList, type RecordRow } from './record-list.ts';
import { PAGE_BATCH, toPage } from './record-page.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Sql } from './sql.ts';
import { textKey } from './text-key.ts';
import { TurnReads } from './turn-reads.ts';

interface GroupHead {
  name_key: string;
  id: number;
  name: string;
  floor: number;
  holes: number;
  holes_version: number;
  next: number | null;
}

/** How often a page is begun anew because jobs of its group were deleted while it was read. */
const ATTEMPTS = 5;
const EMPTY: RecordPage = { total: 0, items: [] };

export class SqlRecordStore implements RecordStore {
  readonly #database: Database;
  readonly #groups: JobGroups;
  readonly #writer: RecordWriter;
  readonly #holes: HoleMaps;
  readonly #kept: KeptRecords;
  readonly #heads: TurnReads<GroupHead>;

  constructor(parts: { database: Database; groups: JobGroups; writer: RecordWriter; kept: KeptRecords }) {
    const { database, groups, writer, kept } = parts;
    this.#database = database;
    this.#groups = groups;
    this.#writer = writer;
    this.#holes = new HoleMaps(database);
    this.#kept = kept;
    this.#heads = new TurnReads((keys) => readHeads(database, keys));
  }

  add(record: NewRecord, job: 'known' | 'foreign'): Promise<StatusRecord> {
    return this.#writer.add(record, job);
  }

  claimForeignJob(jobId: string, username: string): Promise<string> {
    return claimForeignJob(this.#database, jobId, username);
  }

  /** A job's records go only together, so its positions have no holes: an offset is a position. */
  async pageByJob(jobId: string, { offset, max }: RecordRange): Promise<RecordPage> {
    if (!isAsciiId(jobId)) return EMPTY;
    const [head] = await this.#database.rows<{ last: number | null }>(
      'SELECT MAX(job_pos) AS last FROM records WHERE job_id = ?',
      [jobId],
    );
    const total = (head?.last ?? -1) + 1;
    const wanted = Math.min(max ?? total, total - offset);
    if (wanted <= 0) return { total, items: [] };
    const list = new RecordList(this.#database, this.#groups, { jobId });
    const limit = Math.min(wanted, PAGE_BATCH);
    const rows = await list.read(offset, offset + limit, limit, 0);
    return toPage(list, { total, wanted, rows, end: total });
  }

  /**
   * A page whose records are all kept, in a stretch without holes, is known to be there by the group's head alone: two
   * thirds of the processor time of a page of 100 went into reading its rows.
   */
  async pageByGroup(group: string, { offset, max }: RecordRange): Promise<RecordPage> {
    for (let attempt = 1; ; attempt++) {
      const head = await this.#heads.find(textKey(group));
      if (!head) return EMPTY;
      const end = Math.max(head.floor, head.next ?? 0);
      const total = end - head.holes;
      const wanted = Math.min(max ?? total, total - offset);
      if (wanted <= 0) return { total, items: [] };
      const limit = Math.min(wanted, PAGE_BATCH);
      const { position, skip, isWhole } = await this.#locate(head, offset, limit);
      const kept = isWhole && limit === wanted ? this.#kept.find(head.id, position, limit) : undefined;
      if (kept) return { total, items: kept };
      const list = new RecordList(this.#database, this.#groups, { groupId: head.id, group: head.name });
      const rows = await list.read(position, isWhole ? position + limit : end, limit, skip);
      // Fewer rows than there were, or holes in other places: jobs were deleted since the head was read.
      const isTrue = rows.length === limit && rows[0]?.version === head.holes_version;
      if (!isTrue && attempt < ATTEMPTS) continue;
      const page = await toPage(list, { total, wanted, rows, end });
      return Array.isArray(page.items) ? { total, items: this.#keep(head.id, rows, page.items) } : page;
    }
  }

  /** Where the record at `offset` lies, and whether the `count` positions from there on are all taken. */
  async #locate(
    head: GroupHead,
    offset: number,
    count: number,
  ): Promise<Start & { readonly isWhole: boolean }> {
    if (head.holes === 0) return { position: offset, skip: 0, isWhole: true };
    const map = await this.#holes.get(head.id, head.holes_version);
    const start = map.locate(offset);
    const isWhole =
      map.version === head.holes_version &&
      start.skip === 0 &&
      map.isWhole(start.position, start.position + count);
    return { ...start, isWhole };
  }

  #keep(
    groupId: number,
    rows: readonly RecordRow[],
    records: readonly StatusRecord[],
  ): readonly StatusRecord[] {
    // Where one is gone, it is not worth finding out which.
    if (records.length !== rows.length) return records;
    return records.map((record, index) => this.#kept.keep(groupId, (rows[index] as RecordRow).pos, record));
  }
}

async function readHeads(sql: Sql, keys: readonly string[]): Promise<Map<string, GroupHead>> {
  const rows = await sql.rows<GroupHead>(
    `SELECT g.name_key, g.id, g.name, g.floor, g.holes, g.holes_version,
       (SELECT r.group_pos + 1 FROM records r WHERE r.group_id = g.id ORDER BY r.group_pos DESC LIMIT 1) AS next
     FROM job_groups g WHERE g.name_key IN (${placeholders(keys)})`,
    keys,
  );
  return new Map(rows.map((row) => [row.name_key, row]));
}

import type { RecordPage, RecordRange, RecordStore } from '../core/record-store.ts';
import type { NewRecord, StatusRecord } from '../core/status-record.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { claimForeignJob } from './foreign-job.ts';
import { HoleMaps } from './hole-maps.ts';
import type { JobGroups } from './job-group.ts';
import { RecordList } from './record-list.ts';
import { PAGE_BATCH, toPage } from './record-page.ts';
import type { RecordWriter } from './record-writer.ts';
import { textKey } from './text-key.ts';

interface GroupHead {
  id: number;
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

  constructor(database: Database, groups: JobGroups, writer: RecordWriter) {
    this.#database = database;
    this.#groups = groups;
    this.#writer = writer;
    this.#holes = new HoleMaps(database);
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

  async pageByGroup(group: string, { offset, max }: RecordRange): Promise<RecordPage> {
    for (let attempt = 1; ; attempt++) {
      const head = await this.#head(group);
      if (!head) return EMPTY;
      const end = Math.max(head.floor, head.next ?? 0);
      const total = end - head.holes;
      const wanted = Math.min(max ?? total, total - offset);
      if (wanted <= 0) return { total, items: [] };
      const limit = Math.min(wanted, PAGE_BATCH);
      const list = new RecordList(this.#database, this.#groups, { groupId: head.id });
      const rows =
        head.holes === 0
          ? await list.read(offset, offset + limit, limit, 0)
          : await this.#readAmongHoles(list, head, offset, end, limit);
      // Fewer rows than there were, or holes in other places: jobs were deleted since the head was read.
      const isTrue = rows.length === limit && rows[0]?.version === head.holes_version;
      if (isTrue || attempt === ATTEMPTS) return toPage(list, { total, wanted, rows, end });
    }
  }

  async #head(group: string): Promise<GroupHead | undefined> {
    const [head] = await this.#database.rows<GroupHead>(
      `SELECT g.id, g.floor, g.holes, g.holes_version,
         (SELECT r.group_pos + 1 FROM records r WHERE r.group_id = g.id ORDER BY r.group_pos DESC LIMIT 1) AS next
       FROM job_groups g WHERE g.name_key = ?`,
      [textKey(group)],
    );
    return head;
  }

  async #readAmongHoles(list: RecordList, head: GroupHead, offset: number, end: number, limit: number) {
    const { position, skip } = (await this.#holes.get(head.id, head.holes_version)).locate(offset);
    return list.read(position, end, limit, skip);
  }
}

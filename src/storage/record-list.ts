import type { StatusRecord } from '../core/status-record.ts';
import type { JobGroups } from './job-group.ts';
import { placeholders } from './placeholders.ts';
import type { Binding, Sql } from './sql.ts';

/** A message longer than this is read apart from its record, so that a batch of the longest fits in memory. */
const INLINE_MESSAGE_BYTES = 4096;
const CHUNK_MESSAGE_BYTES = 4 * 1024 * 1024;

export interface RecordRow {
  pos: number;
  group_id: number;
  group_pos: number;
  job_id: string;
  target: string;
  error_code: number;
  error_message: string | null;
  /** Null where there is no message. */
  message_bytes: number | null;
  username: string;
  created: number;
  /** The group's holes_version at the time of reading; of a list by group only. */
  version?: number;
}

/** The records of one job or of one group, by their positions in it. */
export class RecordList {
  readonly #sql: Sql;
  readonly #groups: JobGroups;
  readonly #key: Binding;
  readonly #column: 'group_id' | 'job_id';
  readonly #pos: 'group_pos' | 'job_pos';
  readonly #group: string | undefined;

  constructor(sql: Sql, groups: JobGroups, by: { groupId: number; group: string } | { jobId: string }) {
    this.#sql = sql;
    this.#groups = groups;
    const group = 'groupId' in by;
    this.#key = group ? by.groupId : by.jobId;
    this.#column = group ? 'group_id' : 'job_id';
    this.#pos = group ? 'group_pos' : 'job_pos';
    this.#group = group ? by.group : undefined;
  }

  /**
   * At most `limit` rows of positions `from` up to before `end`, after passing over `skip`.
   * Both bounds and the one table keep MySQL on the composite key; a plain `seq > ?` was
   * planned on its first column alone and read every row before the page.
   */
  read(from: number, end: number, limit: number, skip: number): Promise<RecordRow[]> {
    const [column, pos] = [this.#column, this.#pos];
    const version =
      column === 'group_id' ? ', (SELECT holes_version FROM job_groups WHERE id = ?) AS version' : '';
    return this.#sql.rows<RecordRow>(
      `SELECT ${pos} AS pos, group_id, group_pos, job_id, target, error_code, username, created,
         OCTET_LENGTH(error_message) AS message_bytes,
         CASE WHEN OCTET_LENGTH(error_message) <= ${INLINE_MESSAGE_BYTES} THEN error_message END AS error_message${version}
       FROM records WHERE ${column} = ? AND ${pos} >= ? AND ${pos} < ? ORDER BY ${pos} LIMIT ? OFFSET ?`,
      [...(version === '' ? [] : [this.#key]), this.#key, from, end, limit, skip],
    );
  }

  /** Completes rows: with their long messages and the names of their groups. */
  async complete(rows: readonly RecordRow[]): Promise<StatusRecord[]> {
    const long = rows.filter(isLong).map(({ pos }) => pos);
    const messages = new Map<number, string>();
    if (long.length > 0) {
      const found = await this.#sql.rows<{ pos: number; error_message: string }>(
        `SELECT ${this.#pos} AS pos, error_message FROM records
         WHERE ${this.#column} = ? AND ${this.#pos} IN (${placeholders(long)})`,
        [this.#key, ...long],
      );
      for (const { pos, error_message } of found) messages.set(pos, error_message);
    }
    const names =
      this.#group === undefined
        ? await this.#groups.namesOf(rows.map(({ group_id }) => group_id))
        : undefined;
    const groupOf = ({ group_id }: RecordRow) => this.#group ?? names?.get(group_id);
    // A row without its group's name or its message was deleted since, with its job.
    return rows
      .filter((row) => groupOf(row) !== undefined && (!isLong(row) || messages.has(row.pos)))
      .map((row) => ({
        recordId: `${row.group_id}-${row.group_pos}`,
        jobId: row.job_id,
        group: groupOf(row) ?? '',
        targetId: row.target,
        errorCode: row.error_code,
        errorMessage: isLong(row) ? (messages.get(row.pos) ?? null) : row.error_message,
        username: row.username,
        created: row.created,
      }));
  }
}

function isLong({ message_bytes }: RecordRow): boolean {
  return (message_bytes ?? 0) > INLINE_MESSAGE_BYTES;
}

/** Cuts a batch where its long messages would be too much to hold at once. */
export function inChunks(rows: readonly RecordRow[]): RecordRow[][] {
  const chunks: RecordRow[][] = [];
  let chunk: RecordRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = isLong(row) ? (row.message_bytes ?? 0) : 0;
    if (chunk.length > 0 && bytes + size > CHUNK_MESSAGE_BYTES) {
      chunks.push(chunk);
      chunk = [];
      bytes = 0;
    }
    chunk.push(row);
    bytes += size;
  }
  return chunk.length > 0 ? [...chunks, chunk] : chunks;
}

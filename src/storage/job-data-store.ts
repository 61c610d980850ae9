import type { JobDataItem, JobDataStore, JobDataWriter } from '../core/job-data.ts';
import { appendJobData, CHUNK_BYTES } from './append-job-data.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { purgeJobData } from './drop-job-data.ts';
import { placeholders } from './placeholders.ts';

interface ItemRow {
  id: string;
  job_id: string;
  number: number;
  content_type: string;
  length: number;
  created: number;
}

const SEEN_ITEMS = `SELECT id, job_id, number, content_type, length, created FROM job_data WHERE number IS NOT NULL`;

export class SqlJobDataStore implements JobDataStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  append(
    writer: JobDataWriter,
    contentType: string,
    chunks: AsyncIterable<Uint8Array>,
    now: number,
  ): Promise<JobDataItem | undefined> {
    return appendJobData(this.#database, writer, contentType, chunks, now);
  }

  async list(jobId: string): Promise<JobDataItem[]> {
    return (await this.listMany([jobId])).get(jobId) ?? [];
  }

  async listMany(jobIds: readonly string[]): Promise<Map<string, JobDataItem[]>> {
    const possible = jobIds.filter(isAsciiId);
    if (possible.length === 0) return new Map();
    const rows = await this.#database.rows<ItemRow>(
      `${SEEN_ITEMS} AND job_id IN (${placeholders(possible)}) ORDER BY job_id, number`,
      possible,
    );
    const lists = new Map<string, JobDataItem[]>();
    for (const row of rows) lists.set(row.job_id, [...(lists.get(row.job_id) ?? []), toItem(row)]);
    return lists;
  }

  async open(
    jobId: string,
    number: number,
  ): Promise<{ item: JobDataItem; chunks: AsyncIterable<Buffer> } | undefined> {
    if (!isAsciiId(jobId)) return undefined;
    const [row] = await this.#database.rows<ItemRow>(`${SEEN_ITEMS} AND job_id = ? AND number = ?`, [
      jobId,
      number,
    ]);
    return row && { item: toItem(row), chunks: this.#chunks(row) };
  }

  purge(before: number): Promise<number> {
    return purgeJobData(this.#database, before);
  }

  /** One statement a chunk, when it is asked for: a slow reader holds neither a connection nor a snapshot. */
  async *#chunks({ id, length }: ItemRow): AsyncGenerator<Buffer> {
    for (let position = 0; position * CHUNK_BYTES < length; position += 1) {
      const [row] = await this.#database.rows<{ bytes: Buffer }>(
        'SELECT bytes FROM job_data_chunks WHERE data_id = ? AND position = ?',
        [id, position],
      );
      if (!row) throw new Error('job data was removed while it was read');
      yield row.bytes;
    }
  }
}

function toItem({ number, content_type, length, created }: ItemRow): JobDataItem {
  return { number, contentType: content_type, length, created };
}

import { randomUUID } from 'node:crypto';
import { JOB_DATA_LIMITS, type JobDataItem, type JobDataWriter, tooManyItems } from '../core/job-data.ts';
import type { Database } from './database.ts';
import { dropJobData } from './drop-job-data.ts';
import { FENCE_SQL, fenceBindings } from './fence.ts';
import { gatherChunks } from './gather-chunks.ts';
import type { Sql } from './sql.ts';
import { HELD_STATES_SQL } from './state-guard.ts';

/** A statement of some milliseconds on either engine; in the text of a MySQL statement a byte takes two. */
export const CHUNK_BYTES = 256 * 1024;

/**
 * See JobDataStore.append. Each chunk is a statement by itself while the sender sends, under an item that has
 * no number yet, so that nobody sees it and nothing is locked; the number is given when the last one is there.
 */
export async function appendJobData(
  database: Database,
  writer: JobDataWriter,
  contentType: string,
  chunks: AsyncIterable<Uint8Array>,
  now: number,
): Promise<JobDataItem | undefined> {
  const id = randomUUID();
  let stored: JobDataItem | undefined;
  try {
    await database.change('INSERT INTO job_data (id, job_id, content_type, created) VALUES (?, ?, ?, ?)', [
      id,
      jobIdOf(writer),
      contentType,
      now,
    ]);
    const length = await writeChunks(database, id, chunks);
    const number = await database.transaction((sql) => giveNumber(sql, writer, id, length, now));
    if (number !== undefined) stored = { number, contentType, length, created: now };
    return stored;
  } finally {
    if (!stored) await dropJobData(database, id);
  }
}

async function writeChunks(
  database: Database,
  id: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<number> {
  let position = 0;
  let length = 0;
  for await (const bytes of gatherChunks(chunks, CHUNK_BYTES)) {
    const insert = 'INSERT INTO job_data_chunks (data_id, position, bytes) VALUES (?, ?, ?)';
    await database.change(insert, [id, position, bytes]);
    position += 1;
    length += bytes.length;
  }
  return length;
}

/** Undefined when the job is not the writer's to write to, or the item was swept away meanwhile. */
async function giveNumber(
  sql: Sql,
  writer: JobDataWriter,
  id: string,
  length: number,
  now: number,
): Promise<number | undefined> {
  if (!(await touchJob(sql, writer, now))) return undefined;
  const jobId = jobIdOf(writer);
  const [row] = await sql.rows<{ items: number }>(
    'SELECT COALESCE(MAX(number), 0) AS items FROM job_data WHERE job_id = ?',
    [jobId],
  );
  const number = (row?.items ?? 0) + 1;
  if (number > JOB_DATA_LIMITS.items) throw tooManyItems();
  const numbered = await sql.change(
    'UPDATE job_data SET number = ?, length = ? WHERE id = ? AND created > 0',
    [number, length, id],
  );
  return numbered.count > 0 ? number : undefined;
}

/**
 * Locks the job's row, so that its items are numbered one after the other. Its time of change moves by at
 * least a millisecond: what is told of the job is another thing with each item.
 */
async function touchJob(sql: Sql, writer: JobDataWriter, now: number): Promise<boolean> {
  const touch = `UPDATE jobs SET updated = ${sql.dialect.greatest('updated + 1', '?')} WHERE`;
  const { count } =
    'fence' in writer
      ? await sql.change(`${touch} ${FENCE_SQL} AND state IN (${HELD_STATES_SQL})`, [
          now,
          ...fenceBindings(writer.fence),
        ])
      : await sql.change(`${touch} id = ? AND state = 'created'`, [now, writer.createdJob]);
  return count > 0;
}

function jobIdOf(writer: JobDataWriter): string {
  return 'fence' in writer ? writer.fence.jobId : writer.createdJob;
}

import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JobDataWriter } from '../../src/core/job-data.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, NOW, sampleJob } from './sample-job.ts';

const CHUNK = 256 * 1024;

async function* pieces(...buffers: (Uint8Array | string)[]): AsyncGenerator<Uint8Array> {
  for (const buffer of buffers) yield Buffer.from(buffer);
}

/** Every byte another one than its neighbours, so that none can be missing, twice or in another's place. */
function pattern(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) * 7 + (i >> 16)) & 0xff;
  return bytes;
}

forEachEngine((engine) => {
  let url: string;
  let store: Store;
  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });

  async function createdJob(): Promise<string> {
    const job = sampleJob({ state: 'created' });
    await store.jobs.insert(job);
    return job.id;
  }

  async function contentOf(jobId: string, number: number): Promise<Buffer | undefined> {
    const opened = await store.jobData.open(jobId, number);
    if (!opened) return undefined;
    const chunks: Buffer[] = [];
    for await (const chunk of opened.chunks) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  const append = (job: string, type: string, chunks: AsyncIterable<Uint8Array>, at = NOW + 5) =>
    store.jobData.append({ createdJob: job }, type, chunks, at);

  const rowsOf = (jobId: string) =>
    engine.query(url, `SELECT 1 FROM job_data WHERE job_id = '${jobId}'`).then((rows) => rows.length);

  const chunkRows = () => engine.query(url, 'SELECT 1 FROM job_data_chunks').then((rows) => rows.length);

  test('items are numbered from 1 and listed in that order', async () => {
    const job = await createdJob();
    expect(await append(job, 'text/csv', pieces('a,b\n', 'c'), NOW + 5)).toEqual({
      number: 1,
      contentType: 'text/csv',
      length: 5,
      created: NOW + 5,
    });
    await append(job, 'application/xml; charset=utf-8', pieces('<a/>'), NOW + 6);
    expect(await store.jobData.list(job)).toEqual([
      { number: 1, contentType: 'text/csv', length: 5, created: NOW + 5 },
      { number: 2, contentType: 'application/xml; charset=utf-8', length: 4, created: NOW + 6 },
    ]);
    expect(await contentOf(job, 2)).toEqual(Buffer.from('<a/>'));
  });

  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])(
    '%i bytes come back as they were',
    async (length) => {
      const job = await createdJob();
      const bytes = pattern(length);
      const cuts = [0, 7, 100_000, 600_000, length].filter((cut) => cut <= length);
      const parts = cuts.slice(1).map((cut, i) => bytes.subarray(cuts[i], cut));
      await append(job, 'application/octet-stream', pieces(...parts));
      expect((await contentOf(job, 1))?.equals(bytes)).toBe(true);
      expect((await store.jobData.list(job))[0]?.length).toBe(length);
    },
  );

  test('each item moves the time at which its job was changed, also within a millisecond', async () => {
    const job = await createdJob();
    await append(job, 'text/plain', pieces('1'), NOW);
    const first = await store.jobs.find(job);
    await append(job, 'text/plain', pieces('2'), NOW);
    const second = await store.jobs.find(job);
    expect([first?.updated, second?.updated]).toEqual([NOW + 1, NOW + 2]);
  });

  test('items that come at the same time get numbers of their own', async () => {
    const job = await createdJob();
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const items = await Promise.all(texts.map((text) => append(job, 'text/plain', pieces(text))));
    expect(items.map((item) => item?.number).sort()).toEqual([1, 2, 3, 4, 5]);
    const contents = await Promise.all(items.map((item) => contentOf(job, item?.number ?? 0)));
    expect(contents.map(String)).toEqual(texts);
  });

  test('nothing is seen of an item before all of it is there', async () => {
    const job = await createdJob();
    let seen: unknown;
    async function* slow() {
      yield pattern(CHUNK + 1);
      seen = [await store.jobData.list(job), await store.jobData.open(job, 1), await rowsOf(job)];
      yield pattern(10);
    }
    await append(job, 'text/plain', slow());
    expect(seen).toEqual([[], undefined, 1]);
    expect(await store.jobData.list(job)).toHaveLength(1);
  });

  test('nothing is kept of an item whose sender breaks off', async () => {
    const job = await createdJob();
    const chunks = await chunkRows();
    async function* broken() {
      yield pattern(2 * CHUNK);
      throw new Error('gone');
    }
    await expect(append(job, 'text/plain', broken())).rejects.toThrow('gone');
    expect([await rowsOf(job), await chunkRows()]).toEqual([0, chunks]);
    expect((await append(job, 'text/plain', pieces('x')))?.number).toBe(1);
  });

  test('nothing is kept of an item for a job that is unknown, or queued, or queued while the item comes', async () => {
    const chunks = await chunkRows();
    const queued = sampleJob();
    await store.jobs.insert(queued);
    const created = await createdJob();
    async function* releasing() {
      yield pattern(CHUNK);
      await store.jobs.cancelWaiting(created, NOW);
      yield pattern(CHUNK);
    }
    expect(await append(randomUUID(), 'text/plain', pieces('x'))).toBeUndefined();
    expect(await append(queued.id, 'text/plain', pieces('x'))).toBeUndefined();
    expect(await append(created, 'text/plain', releasing())).toBeUndefined();
    expect(await chunkRows()).toBe(chunks);
    expect([await rowsOf(queued.id), await rowsOf(created)]).toEqual([0, 0]);
    await store.jobs.cancelWaiting(queued.id, NOW);
  });

  test('a running job takes data from the worker that holds it, and from no other', async () => {
    const job = sampleJob();
    await store.jobs.insert(job);
    const { jobId, workerId, attempt } = await claimOne(store.queue);
    const write = (writer: JobDataWriter) =>
      store.jobData.append(writer, 'text/plain', pieces('x'), NOW + 20);
    expect((await write({ fence: { jobId, workerId, attempt } }))?.number).toBe(1);
    expect(await write({ fence: { jobId, workerId: 'another', attempt } })).toBeUndefined();
    expect(await write({ fence: { jobId, workerId, attempt: attempt + 1 } })).toBeUndefined();
    expect(await write({ createdJob: jobId })).toBeUndefined();
    await store.queue.finish(
      { jobId, workerId, attempt },
      { state: 'completed', result: null, errorMessage: null },
      NOW + 30,
    );
    expect(await write({ fence: { jobId, workerId, attempt } })).toBeUndefined();
    expect(await store.jobData.list(job.id)).toHaveLength(1);
  });

  test('a job has at most 100 items', async () => {
    const job = await createdJob();
    await append(job, 'text/plain', pieces('x'));
    await engine.query(url, `UPDATE job_data SET number = 100 WHERE job_id = '${job}'`);
    await expect(append(job, 'text/plain', pieces('y'))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(await rowsOf(job)).toBe(1);
  });

  test('lists of several jobs leave out those without data', async () => {
    const [one, two, none] = [await createdJob(), await createdJob(), await createdJob()];
    await append(one, 'text/plain', pieces('1'));
    await append(two, 'text/plain', pieces('2'));
    await append(two, 'text/plain', pieces('3'));
    const lists = await store.jobData.listMany([one, two, none, 'no such', 'ä', '']);
    expect([...lists].map(([id, items]) => [id, items.length]).sort()).toEqual(
      [
        [one, 1],
        [two, 2],
      ].sort(),
    );
    expect(await store.jobData.listMany([])).toEqual(new Map());
  });

  test.each(['no-such-job', 'ä', 'with space', ''])('of a job %j there is nothing', async (id) => {
    expect(await store.jobData.list(id)).toEqual([]);
    expect(await store.jobData.open(id, 1)).toBeUndefined();
  });

  test('a removed job takes its data along', async () => {
    const chunks = await chunkRows();
    const job = await createdJob();
    await append(job, 'text/plain', pieces(pattern(2 * CHUNK)));
    const opened = await store.jobData.open(job, 1);
    expect(await store.jobs.cancelWaiting(job, NOW)).toBe('cancelled');
    expect(await store.jobs.remove(job)).toBe(true);
    expect([await rowsOf(job), await chunkRows()]).toEqual([0, chunks]);
    await expect(async () => {
      for await (const _ of opened?.chunks ?? []);
    }).rejects.toThrow('removed while it was read');
  });

  test('what was begun and never finished is purged, and nothing else', async () => {
    const job = await createdJob();
    await append(job, 'text/plain', pieces('kept'), 1_000);
    const orphan = (id: string, created: number) =>
      engine.query(
        url,
        `INSERT INTO job_data (id, job_id, content_type, created) VALUES ('${id}', '${job}', 'text/plain', ${created})`,
      );
    await orphan('old', 1_000);
    await orphan('new', 3_000);
    await engine.query(
      url,
      `INSERT INTO job_data_chunks (data_id, position, bytes) VALUES ('old', 0, X'00')`,
    );
    expect(await store.jobData.purge(2_000)).toBe(1);
    expect(await engine.query(url, `SELECT 1 FROM job_data_chunks WHERE data_id = 'old'`)).toEqual([]);
    expect(await rowsOf(job)).toBe(2);
    expect(await contentOf(job, 1)).toEqual(Buffer.from('kept'));
  });

  test('an item that is purged while it comes is none', async () => {
    const job = await createdJob();
    async function* purged() {
      yield pattern(CHUNK);
      await store.jobData.purge(NOW + 100);
      yield pattern(CHUNK);
    }
    expect(await append(job, 'text/plain', purged())).toBeUndefined();
    expect(await store.jobData.list(job)).toEqual([]);
  });

  describe.runIf(engine.name === 'sqlite')('an item of 50 MB', () => {
    const MEGABYTE = pattern(1_000_000);
    const WHOLE = createHash('sha256');
    for (let i = 0; i < 50; i++) WHOLE.update(MEGABYTE);
    const digest = WHOLE.digest('hex');

    test('is stored while it comes and read as it is taken: no more than a chunk of it is ever held', async () => {
      const job = await createdJob();
      const before = await chunkRows();
      let stored = 0;
      async function* sender() {
        for (let i = 0; i < 50; i++) {
          if (i === 40) stored = (await chunkRows()) - before;
          yield MEGABYTE;
        }
      }
      await append(job, 'application/octet-stream', sender());
      // All that has been sent by then, but for what fills no chunk.
      expect(stored).toBe(Math.floor(40_000_000 / CHUNK));
      const hash = createHash('sha256');
      const opened = await store.jobData.open(job, 1);
      let largest = 0;
      for await (const chunk of opened?.chunks ?? []) {
        hash.update(chunk);
        largest = Math.max(largest, chunk.length);
      }
      expect(hash.digest('hex')).toBe(digest);
      expect(largest).toBe(CHUNK);
    });
  });
});

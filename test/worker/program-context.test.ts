import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { describeWorkers, describeWorkersOnSqlite } from './describe-workers.ts';
import type { WorkerRig } from './worker-rig.ts';

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function dataOf({ stores }: WorkerRig, jobId: string, number: number): Promise<string> {
  const found = await stores.jobData.open(jobId, number);
  const chunks: Buffer[] = [];
  for await (const chunk of found?.chunks ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A job with a data item, which clients give to jobs that are only stored. */
async function submitWithData(rig: WorkerRig, program: string, ...texts: string[]): Promise<string> {
  const id = await rig.submit(program, { state: 'created' });
  await rig.stores.jobData.append({ createdJob: id }, 'text/plain', bytes(...texts), Date.now());
  const amendment = { program, type: 'program', parameters: [], state: 'queued' } as const;
  expect(await rig.stores.jobs.amend(id, amendment, Date.now())).toBe('amended');
  return id;
}

describeWorkers('a program', (rig) => {
  test('says what it is at and what rows it has handled, the last word wins', async () => {
    rig().program(
      'rows',
      `for (let n = 1; n <= 1_000; n++) { job.status('row ' + n); job.rows({ total: n, inserts: n - 1 }); }
       job.rows({ errors: 1 });
       await new Promise((resolve) => { job.signal.onabort = resolve; });`,
    );
    const id = await rig().submit('rows');
    const worker = rig().worker();
    await eventually('it is stored', async () => (await rig().job(id)).statusMessage === 'row 1000');
    const counted = { total: 1_000, inserts: 999, updates: 0, deletes: 0, errors: 1, skips: 0, ignores: 0 };
    expect((await rig().stores.jobs.findDetail(id))?.counters).toEqual(counted);
    await rig().stores.jobs.requestCancel(id, Date.now());
    worker.cancelling(id);
    await rig().reaches(id, 'completed');
    expect((await rig().stores.jobs.findDetail(id))?.counters).toEqual(counted);
  });

  test('that says nothing of rows leaves them and its status as they are', async () => {
    rig().program('quiet', 'job.progress(1, 2);');
    const id = await rig().submit('quiet');
    rig().worker();
    expect((await rig().reaches(id, 'completed')).statusMessage).toBeNull();
    expect((await rig().stores.jobs.findDetail(id))?.counters.total).toBe(0);
  });

  test('reads the data of its job, and adds to it', async () => {
    rig().program(
      'copy',
      `const [item] = await job.data.list();
       let text = '';
       for await (const chunk of job.data.read(item.number)) text += Buffer.from(chunk).toString();
       const upper = async function* () { for (const letter of text) yield Buffer.from(letter.toUpperCase()); };
       return [item.contentType, item.length, await job.data.add('text/csv', upper()), await job.data.list()];`,
    );
    const id = await submitWithData(rig(), 'copy', 'one, ', 'two');
    rig().worker();
    await rig().reaches(id, 'completed');
    const [contentType, length, added, list] = (await rig().outcome(id)).result as unknown[];
    expect([contentType, length]).toEqual(['text/plain', 8]);
    expect(added).toMatchObject({ number: 2, contentType: 'text/csv', length: 8 });
    expect(list).toHaveLength(2);
    expect(await dataOf(rig(), id, 2)).toBe('ONE, TWO');
  });
});

describeWorkersOnSqlite('the data of a job', (rig) => {
  test('goes to and fro in pieces, however large', async () => {
    rig().program(
      'large',
      `const part = Buffer.alloc(3_000_000, 'abc');
       await job.data.add('text/plain', part.subarray(0, 2_999_999));
       let length = 0, pieces = 0;
       for await (const chunk of job.data.read(1)) { length += chunk.length; pieces += 1; }
       return [length, pieces > 5];`,
    );
    const id = await rig().submit('large');
    rig().worker();
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toEqual([2_999_999, true]);
  });

  test('may be read in part, and of several items at once', async () => {
    rig().program(
      'part',
      `await job.data.add('text/plain', Buffer.alloc(1_000_000, 'a'));
       await job.data.add('text/plain', Buffer.alloc(1_000_000, 'b'));
       const first = async (number) => {
         for await (const chunk of job.data.read(number)) return String.fromCharCode(chunk[0]);
       };
       return Promise.all([first(1), first(2), first(1)]);`,
    );
    const id = await rig().submit('part');
    rig().worker();
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toEqual(['a', 'b', 'a']);
  });

  test('is not kept where its source throws, and the program sees what was thrown', async () => {
    rig().program(
      'broken',
      `const source = async function* () { yield Buffer.from('a'); throw new Error('no more'); };
       try { await job.data.add('text/plain', source()); } catch (error) { return [error.message, await job.data.list()]; }`,
    );
    const id = await rig().submit('broken');
    rig().worker();
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toEqual(['no more', []]);
  });

  test('is not kept of a program that ends in mid-item', async () => {
    rig().program(
      'left',
      `const source = async function* () { yield Buffer.from('a'); await new Promise(() => {}); };
       void job.data.add('text/plain', source()).catch(() => {});
       await new Promise((resolve) => setTimeout(resolve, 50));`,
    );
    const id = await rig().submit('left');
    rig().worker();
    await rig().reaches(id, 'completed');
    expect(await rig().stores.jobData.list(id)).toEqual([]);
  });

  test('is refused by name where the call is wrong', async () => {
    rig().program(
      'wrong',
      `const text = async (call) => { try { await call(); return 'no error'; } catch (error) { return String(error); } };
       const read = async (number) => { for await (const _ of job.data.read(number)); };
       return Promise.all([
         text(() => read(7)), text(() => read('1')), text(() => job.data.add(5, Buffer.alloc(1))),
         text(() => job.data.add('text/plain', 'text')),
         text(() => job.data.add('text/plain', (async function* () { yield 'text'; })())),
         text(() => job.data.add('no type', Buffer.alloc(1))),
         text(() => job.data.add('text/plain', Buffer.alloc(4_000_001))),
       ]);`,
    );
    const id = await rig().submit('wrong');
    rig().worker();
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toEqual([
      'RangeError: data.read: the job has no data item 7',
      'TypeError: data.read: needs the number of an item',
      'TypeError: data.add: contentType must be a string',
      'TypeError: data.add: needs a Uint8Array or an async iterable of them',
      'TypeError: data.add: a chunk is not a Uint8Array',
      expect.stringMatching(/^RangeError: the content type must be a media type/),
      'RangeError: an item of job data may have at most 4000000 bytes',
    ]);
  });

  test('cannot be added once another worker has the job', async () => {
    rig().program('late', `await job.data.add('text/plain', Buffer.from('a'));`);
    const id = await rig().submit('late');
    const { stores } = rig();
    const worker = rig().worker(
      {},
      {
        claim: async (request) => (await stores.queue.claim(request)).map((job) => ({ ...job, attempt: 9 })),
      },
    );
    await eventually('the loss is known', () => rig().logged.some((line) => line['departure'] === 'lost'));
    expect(await stores.jobData.list(id)).toEqual([]);
    await worker.stop();
  });
});

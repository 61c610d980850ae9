import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JobDataAccess } from '../../src/core/job-data-access.ts';
import { Jobs } from '../../src/core/jobs.ts';
import type { Program } from '../../src/core/program.ts';
import { ANN, BOB, type Core, coreUnderTest, ROOT } from './core-under-test.ts';

const PROGRAM: Program = {
  kind: 'module',
  name: 'import',
  type: 'import',
  module: '/import.js',
  published: true,
};

let core: Core;
let jobs: Jobs;
let data: JobDataAccess;

beforeEach(async () => {
  core = await coreUnderTest();
  jobs = new Jobs(core.store.jobs, new Map([['import', PROGRAM]]), core.clock, {
    queued() {},
    cancelling() {},
  });
  data = new JobDataAccess({ store: core.store.jobData, jobs, clock: core.clock, maxBytes: 10 });
});

afterEach(() => core.close());

function submit(state: 'created' | 'queued' = 'created'): Promise<string> {
  return jobs.submit(ANN, { group: 'map', program: 'import', arguments: [], targets: [], state });
}

/** What has been asked for of a body, and how it ends. */
function body(...texts: string[]) {
  const asked: string[] = [];
  async function* chunks() {
    for (const text of texts) {
      asked.push(text);
      yield Buffer.from(text);
    }
  }
  return { asked, chunks: chunks() };
}

async function textOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

describe('job data', () => {
  test('is attached to a job that is only stored, and read again', async () => {
    const id = await submit();
    const item = await data.attach(ANN, id, 'text/csv', body('a,b').chunks);
    expect(item).toEqual({ number: 1, contentType: 'text/csv', length: 3, created: core.clock() });
    const opened = await data.open(ANN, id, 1);
    expect(opened && (await textOf(opened.chunks))).toBe('a,b');
    expect(await data.itemsOf([{ id }])).toEqual(new Map([[id, [item]]]));
  });

  test('of a job that is queued is refused before a byte of it is asked for', async () => {
    const id = await submit('queued');
    const { asked, chunks } = body('x');
    await expect(data.attach(ANN, id, 'text/csv', chunks)).rejects.toMatchObject({ code: 'JOB_TAKEN' });
    expect(asked).toEqual([]);
  });

  test('is refused when the job was queued while it came', async () => {
    const id = await submit();
    async function* releasing() {
      yield Buffer.from('x');
      await jobs.amend(ANN, id, { program: 'import', type: 'import', parameters: [], state: 'queued' });
    }
    await expect(data.attach(ANN, id, 'text/csv', releasing())).rejects.toMatchObject({ code: 'JOB_TAKEN' });
    expect(await data.itemsOf([{ id }])).toEqual(new Map());
  });

  test("of somebody else's job does not exist, but for an administrator", async () => {
    const id = await submit();
    await data.attach(ROOT, id, 'text/csv', body('x').chunks);
    expect((await data.open(ROOT, id, 1))?.item.length).toBe(1);
    await expect(data.open(BOB, id, 1)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    const { asked, chunks } = body('x');
    await expect(data.attach(BOB, id, 'text/csv', chunks)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    expect(asked).toEqual([]);
  });

  test.each([0, 2, -1])('number %d is none', async (number) => {
    const id = await submit();
    await data.attach(ANN, id, 'text/csv', body('x').chunks);
    expect(await data.open(ANN, id, number)).toBeUndefined();
  });

  test('has a limit, and no more is asked for than that', async () => {
    const id = await submit();
    await data.attach(ANN, id, 'text/plain', body('12345', '67890').chunks);
    const { asked, chunks } = body('12345', '678901', 'more');
    await expect(data.attach(ANN, id, 'text/plain', chunks)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'an item of job data may have at most 10 bytes',
    });
    expect(asked).toEqual(['12345', '678901']);
    expect((await data.itemsOf([{ id }])).get(id)).toHaveLength(1);
  });

  test.each([
    ['text/plain', true],
    ['application/xml;charset="utf-8"', true],
    [`text/${'x'.repeat(250)}`, true],
    [`text/${'x'.repeat(251)}`, false],
    ['', false],
    ['text', false],
    ['text/', false],
    ['text/plain\r\nSet-Cookie: a', false],
    ['text/plain; charset=ä', false],
    ['text/ plain', false],
  ])('with the content type %j is taken: %s', async (contentType, taken) => {
    const id = await submit();
    const attached = data.attach(ANN, id, contentType, body('x').chunks);
    if (taken) expect((await attached).contentType).toBe(contentType);
    else await expect(attached).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

import { describe, expect, test } from 'vitest';
import { starfish } from '../../../src/dialects/starfish/index.ts';
import { roomUnderTest, walk } from './room-under-test.ts';

const room = roomUnderTest({ JOBGATE_MAX_BODY_BYTES: '4000000' });

describe('the webhook route', () => {
  const call = (query: string, body?: string | Buffer, headers: Record<string, string> = {}) =>
    room.ask('POST', `/v1/Webhook?${query}`, { ...(body !== undefined && { body }), headers });

  test('starts the job with the raw body as its argument, under a run ID of its own', async () => {
    const { status, json } = await call('instance=main&projectid=sample&jobid=walk', '{"id": 7}\r\nü', {
      'Content-Type': 'application/json',
    });
    expect([status, json]).toEqual([
      200,
      {
        runID: expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/),
        started: true,
        error: null,
      },
    ]);
    const job = (await room.jobs()).at(-1);
    expect(job).toMatchObject({ group: (json as { runID: string }).runID, program: 'walk', owner: 'ann' });
    expect(await room.store.jobs.findPayload(job?.id ?? '')).toMatchObject({ arguments: ['{"id": 7}\r\nü'] });
  });

  test('reads the body in its charset', async () => {
    await call('projectid=sample&jobid=walk', Buffer.from('grün', 'latin1'), {
      'Content-Type': 'text/plain; charset=iso-8859-1',
    });
    const job = (await room.jobs()).at(-1);
    expect(await room.store.jobs.findPayload(job?.id ?? '')).toMatchObject({ arguments: ['grün'] });
  });

  test('without a body starts the job without an argument, and the names of its parameters are in whatever case', async () => {
    await call('ProjectID=sample&JOBID=walk');
    const job = (await room.jobs()).at(-1);
    expect(await room.store.jobs.findPayload(job?.id ?? '')).toMatchObject({ arguments: [] });
  });

  test('starts a job each time: two calls are two runs', async () => {
    const before = (await room.jobs()).length;
    await call('projectid=sample&jobid=walk', 'same');
    await call('projectid=sample&jobid=walk', 'same');
    expect(await room.jobs()).toHaveLength(before + 2);
  });

  test('answers in XML where Accept asks for it', async () => {
    const { text } = await call('projectid=sample&jobid=walk', 'x', { Accept: 'application/xml' });
    expect(text).toMatch(
      /<execJobAsyncResponse [^>]+><error i:nil="true"\/><runID>[^<]+<\/runID><started>true</,
    );
  });

  test.each([
    ['projectid=nothing&jobid=walk', "There is no project with the ID 'nothing'."],
    ['projectid=sample&jobid=nothing', "The project 'sample' has no job with the ID 'nothing'."],
  ])('of %s is answered 200, not started', async (query, error) => {
    const before = (await room.jobs()).length;
    const { status, json } = await call(query, 'x');
    expect([status, json]).toEqual([200, { runID: expect.any(String), started: false, error }]);
    expect(await room.jobs()).toHaveLength(before);
  });

  const required = (name: string) => `The ${name} field is required, once.`;
  const tooLong = (name: string) =>
    `The field ${name} must be a string or array type with a maximum length of '36'.`;

  test.each<[string, string | Buffer, Record<string, string[]>]>([
    ['', 'x', { projectid: [required('projectid')], jobid: [required('jobid')] }],
    ['projectid=&jobid=%20', 'x', { projectid: [required('projectid')], jobid: [required('jobid')] }],
    ['projectid=sample&jobid=walk&JobID=fail', 'x', { jobid: [required('jobid')] }],
    [`projectid=${'x'.repeat(37)}&jobid=walk`, 'x', { projectid: [tooLong('projectid')] }],
    [`projectid=sample&jobid=${'x'.repeat(37)}`, 'x', { jobid: [tooLong('jobid')] }],
    [
      'projectid=sample&jobid=walk',
      Buffer.from([0xff, 0xfe, 0xfd]),
      { request: ["the body's bytes are not well-formed utf-16le"] },
    ],
    [
      'projectid=sample&jobid=walk',
      'x'.repeat(1_048_577),
      { request: ['The request body must be at most 1048576 characters.'] },
    ],
  ])('refuses %s', async (query, body, ModelState) => {
    const before = (await room.jobs()).length;
    const { status, json } = await call(query, body);
    expect([status, json]).toEqual([400, { Message: 'The request is invalid.', ModelState }]);
    expect(await room.jobs()).toHaveLength(before);
  });

  test('refuses a body that is too large and a charset that is not read', async () => {
    const before = (await room.jobs()).length;
    const query = 'projectid=sample&jobid=walk';
    expect((await call(query, 'x'.repeat(4_000_001))).status).toBe(413);
    expect((await call(query, 'x', { 'Content-Type': 'text/plain; charset=koi8-r' })).status).toBe(415);
    expect(await room.jobs()).toHaveLength(before);
  });
});

describe('webHookURL', () => {
  const bodyOf = (jobId: string) => starfish.webhookBody?.(room.house)(jobId);
  const endAll = async (state: 'completed' | 'failed') => {
    for (const job of await room.claim()) {
      await room.store.queue.finish(job, { state, result: null, errorMessage: state }, Date.now());
    }
  };
  const due = async (url: string) => {
    const all = await room.store.webhooks.list({ limit: 100 });
    return all.find((webhook) => webhook.url === url);
  };

  test('is kept with the run, in the format that this room renders', async () => {
    const webHookURL = 'https://example.com/kept';
    await room.post('/v1/ExecuteJobAsync', walk('kept', { webHookURL }));
    expect(await due(webHookURL)).toMatchObject({ format: 'starfish', state: 'waiting', owner: 'ann' });
  });

  test('gets an execJobResponse of the job that ended the run', async () => {
    const webHookURL = 'https://example.com/chain';
    await endAll('completed');
    const chain = walk('hook', { jobID: 'first', chainJobs: true, loggingLevel: 1, webHookURL });
    await room.post('/v1/ExecuteJobAsync', chain);
    await endAll('completed');
    expect(await due(webHookURL)).toMatchObject({ state: 'waiting' });
    await endAll('failed');
    const webhook = await due(webHookURL);
    expect(webhook).toMatchObject({ state: 'due' });
    expect(JSON.parse((await bodyOf(webhook?.jobId ?? '')) ?? '')).toMatchObject({
      ...{ runID: 'hook', status: 'Failed', startTime: expect.any(String), error: 'failed', log: '' },
    });
  });

  test('of a job that is gone gets nothing', async () => {
    expect(await bodyOf('6b0e2bcb-7d2f-4f9a-9a35-0d1e3a1f2c11')).toBeUndefined();
  });
});

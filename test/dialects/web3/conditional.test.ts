import { describe, expect, test } from 'vitest';
import { type JobDetail, NO_ROWS } from '../../../src/core/job.ts';
import { Addresses } from '../../../src/dialects/web3/addresses.ts';
import { jobValidators, safeLastModified } from '../../../src/dialects/web3/conditional.ts';
import { toJobStatus } from '../../../src/dialects/web3/representation.ts';
import { toJson } from '../../../src/dialects/web3/wire-json.ts';
import type { HttpContext } from '../../../src/http/exchange.ts';
import { eventually } from '../../support/eventually.ts';
import { bearer, job, roomUnderTest, XML } from './room-under-test.ts';

const JOB: JobDetail = {
  id: 'j-1',
  group: 'map',
  program: 'import',
  type: 'import',
  owner: 'ann',
  state: 'queued',
  statusMessage: null,
  errorMessage: null,
  comment: null,
  workerId: null,
  progress: { startedAt: null, count: 0, target: 0, percent: 0 },
  isRead: false,
  attempt: 0,
  created: 1_000,
  updated: 2_000,
  started: null,
  completed: null,
  parameters: [],
  counters: NO_ROWS,
};

const addresses = (host: string, topicMap = 'map') => {
  const ctx = { req: { headers: { host }, socket: {} }, state: { exchange: { trustedHops: 0 } } };
  return new Addresses(ctx as unknown as HttpContext, topicMap);
};
const XML_FORM = { format: 'xml', mediaType: 'application/xml' } as const;
const at = (host: string) => ({ form: XML_FORM, addresses: addresses(host) });
const etagOf = (it: JobDetail) => jobValidators(it, at('gate'), 'microsoft').etags[0];

describe("a job's ETag", () => {
  const changes: [string, Partial<JobDetail>][] = [
    ['type', { type: 'export' }],
    ['state', { state: 'running' }],
    ['owner', { owner: 'bob' }],
    ['status message', { statusMessage: 'half' }],
    ['error message', { errorMessage: 'half' }],
    ['worker', { workerId: 'w' }],
    ['start of progress', { progress: { ...JOB.progress, startedAt: 5 } }],
    ['count', { progress: { ...JOB.progress, count: 1 } }],
    ['target', { progress: { ...JOB.progress, target: 1 } }],
    ['creation', { created: 999 }],
    ['change', { updated: 2_001 }],
    ['end', { completed: 2_000 }],
    ['parameters', { parameters: [{ name: 'a', value: '1' }] }],
  ];

  test.each(changes)('is another one with another %s, as is what is shown', (_, change) => {
    const shown = (it: JobDetail) =>
      toJson({ kind: 'job', job: toJobStatus(it, [], addresses('gate')) }, 'microsoft');
    expect(shown({ ...JOB, ...change })).not.toBe(shown(JOB));
    expect(etagOf({ ...JOB, ...change })).not.toBe(etagOf(JOB));
  });

  test('knows no other member that is shown', () => {
    const shown = Object.keys(toJobStatus(JOB, [], addresses('gate')));
    expect(shown.sort()).toEqual(
      [
        ...['address', 'completed', 'created', 'id', 'identity', 'jobData', 'parameters', 'progress'],
        ...['status', 'statusMessage', 'type', 'updated', 'workerId'],
      ].sort(),
    );
  });

  test('is the same for the same, and another one by format, address and form of dates', () => {
    const json = { format: 'json', mediaType: 'application/json' } as const;
    const tags = [
      etagOf(JOB),
      jobValidators(JOB, { ...at('gate'), form: json }, 'microsoft').etags[0],
      jobValidators(JOB, at('other'), 'microsoft').etags[0],
      jobValidators(JOB, at('gate'), 'iso').etags[0],
    ];
    expect(etagOf({ ...JOB })).toBe(etagOf(JOB));
    expect(new Set(tags).size).toBe(tags.length);
  });
});

test.each([
  [5_999, 5_999, 4_999],
  [5_000, 5_999, 4_000],
  [5_999, 6_000, 5_999],
  [5_000, 90_000, 5_000],
  [7_000, 6_000, 6_000],
])('a change at %i told at %i is dated %i: never in a second that is not over', (updated, now, told) => {
  expect(safeLastModified(updated, now)).toBe(told);
});

/** Notes the name of every method of `store` that is called; returns what ends that. */
function noteCalls(store: object, calls: string[]): () => void {
  const methods = store as Record<string, unknown>;
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(store)).filter(
    (name) => name !== 'constructor',
  );
  for (const name of names) {
    const method = methods[name] as (...values: unknown[]) => unknown;
    methods[name] = (...values: unknown[]) => {
      calls.push(name);
      return method.apply(store, values);
    };
  }
  return () => {
    for (const name of names) delete methods[name];
  };
}

describe('on the wire', () => {
  const room = roomUnderTest();

  test('a poll that finds nothing new costs one query of the job store', async () => {
    const path = await room.create();
    const etag = (await room.ask('GET', path)).headers.get('etag') ?? '';
    const calls: string[] = [];
    const restore = [room.store.jobs, room.store.jobData].map((store) => noteCalls(store, calls));
    const answer = await room.ask('GET', path, undefined, { 'If-None-Match': etag });
    for (const undo of restore) undo();
    expect([answer.status, calls]).toEqual([304, ['findDetail']]);
  });

  test('an item of data changes the ETag', async () => {
    const path = await room.create();
    const tags = [(await room.ask('GET', path)).headers.get('etag')];
    for (const text of ['one', 'two', 'three']) {
      await room.ask('POST', `${path}/data`, text, { 'Content-Type': 'text/plain' });
      tags.push((await room.ask('HEAD', path)).headers.get('etag'));
    }
    expect(new Set(tags).size).toBe(4);
  });

  test('what an administrator is told has the same ETag as what its owner is told', async () => {
    const path = await room.create();
    const [owner, root] = [
      await room.ask('GET', path),
      await room.ask('GET', path, undefined, bearer('root-token')),
    ];
    expect(root.headers.get('etag')).toBe(owner.headers.get('etag'));
    expect(root.text).toBe(owner.text);
  });

  test('a change is made with the ETag of any format', async () => {
    const path = await room.create();
    const etag = (await room.ask('GET', `${path}?format=json`)).headers.get('etag') ?? '';
    const change = await room.ask('PUT', path, job('Created', 'a=1'), { ...XML, 'If-Match': etag });
    expect(change.status).toBe(200);
  });

  test('of two changes with the same ETag at the same time one is made', async () => {
    const path = await room.create();
    const etag = (await room.ask('GET', path)).headers.get('etag') ?? '';
    const change = (value: string) =>
      room.ask('PUT', path, job('Created', `a=${value}`), { ...XML, 'If-Match': etag });
    // The second is seen to be allowed, and then the first one is made.
    const amend = room.store.jobs.amend.bind(room.store.jobs);
    room.store.jobs.amend = async (...values) => {
      room.store.jobs.amend = amend;
      await eventually('time has passed', () => Date.now() > values[2]);
      expect((await change('first')).status).toBe(200);
      return amend(...values);
    };
    const second = await change('second');
    expect(second.status).toBe(409);
    expect(second.text).toContain('has just been changed by somebody else');
    expect((await room.ask('GET', path)).text).toContain('<Parameters>a=first</Parameters>');
  });

  test('If-None-Match: * makes a change fail, since there is a job', async () => {
    const path = await room.create();
    for (const method of ['PUT', 'DELETE']) {
      const body = method === 'PUT' ? job('Created') : undefined;
      const { status } = await room.ask(method, path, body, { ...XML, 'If-None-Match': '*' });
      expect([method, status]).toEqual([method, 412]);
    }
  });
});

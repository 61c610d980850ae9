import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type RunRequest, Runs } from '../../src/core/runs.ts';
import { moduleProgram } from '../support/module-program.ts';
import { ANN, BOB, type Core, coreUnderTest } from './core-under-test.ts';

const PROGRAMS = new Map([
  ['walk', moduleProgram('walk', '/walk.js')],
  ['draft', { ...moduleProgram('draft', '/draft.js'), published: false }],
]);
const signal = { queued: vi.fn(), cancelling: vi.fn() };

let core: Core;
let runs: Runs;

beforeEach(async () => {
  vi.clearAllMocks();
  core = await coreUnderTest();
  runs = new Runs(core.store.jobs, PROGRAMS, core.clock, signal);
});

afterEach(() => core.close());

const job = (program = 'walk') => ({ program, arguments: [], targets: [] });
const request = (more: Partial<RunRequest> = {}): RunRequest => ({
  key: 'run-1',
  jobs: [job(), job()],
  webhook: { url: 'https://example.com/', format: 'starfish' },
  ...more,
});
const groupOf = (group: string) => core.store.jobs.page({ group }, 'oldest', { skip: 0, take: 9 });

test('a run is a group of jobs under its key, the first of them queued', async () => {
  const { kind, jobId } = (await runs.start(ANN, request())) as { kind: string; jobId: string };
  const { jobs } = await groupOf('run-1');
  expect(kind).toBe('started');
  expect(jobs.map(({ id, state, owner }) => ({ first: id === jobId, state, owner }))).toEqual([
    { first: true, state: 'queued', owner: 'ann' },
    { first: false, state: 'created', owner: 'ann' },
  ]);
  expect(signal.queued).toHaveBeenCalledTimes(1);
});

test('the same request again starts nothing and answers with the same job', async () => {
  const first = await runs.start(ANN, request());
  expect(await runs.start(ANN, request())).toEqual({ ...first, kind: 'repeated' });
  expect((await groupOf('run-1')).total).toBe(2);
});

test.each([
  ['another program’s argument', { jobs: [{ ...job(), arguments: ['x'] }, job()] }],
  ['fewer jobs', { jobs: [job()] }],
  ['another webhook', { webhook: { url: 'https://example.com/other', format: 'starfish' } }],
  ['no webhook', { webhook: null }],
])('a request with the same key and %s is another one', async (_, more) => {
  await runs.start(ANN, request());
  expect(await runs.start(ANN, request(more))).toEqual({ kind: 'different' });
  expect((await groupOf('run-1')).total).toBe(2);
});

test('a key is its owner’s: somebody else may use it too', async () => {
  await runs.start(ANN, request());
  expect(await runs.start(BOB, request())).toMatchObject({ kind: 'started' });
});

test.each(['unknown', 'draft'])('a run of a program that is %s stores nothing of it', async (program) => {
  const jobs = [job(), job(program)];
  await expect(runs.start(ANN, request({ jobs }))).rejects.toMatchObject({ code: 'PROGRAM_NOT_FOUND' });
  expect((await groupOf('run-1')).total).toBe(0);
});

test('a key that is too long is refused', async () => {
  await expect(runs.start(ANN, request({ key: 'k'.repeat(65) }))).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
  });
});

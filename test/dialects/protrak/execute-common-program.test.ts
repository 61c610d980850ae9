import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/core/job-queue.ts';
import { eventually } from '../../support/eventually.ts';
import { bearer, roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest();
const PATH = '/programs/walk/executeCommonProgram';

/** Asks, and waits for the job that this made. */
async function begin(payload: unknown, signal?: AbortSignal) {
  const before = await room.countJobs();
  const answer = fetch(`${room.origin}/protrak/api${PATH}`, {
    method: 'POST',
    headers: { ...bearer('ann-token'), 'Content-Type': 'application/json' },
    body: JSON.stringify(payload),
    ...(signal && { signal }),
  });
  answer.catch(() => {});
  await eventually('the job is there', async () => (await room.countJobs()) > before);
  const [job] = (await room.ask('GET', '/asyncJobs?take=1')).json as { id: string }[];
  return { answer, id: job?.id ?? '' };
}

async function run(payload: unknown, outcome: Partial<Outcome>) {
  const { answer, id } = await begin(payload);
  await room.finish(id, outcome);
  const response = await answer;
  return { id, status: response.status, json: await response.json() };
}

test.each([[{ rows: [1, 2] }], [['a', 1]], ['text'], [7], [false], [null]])(
  'a payload of %j is the one argument, whatever it is',
  async (payload) => {
    const { id } = await run(payload, {});
    const { json } = await room.ask('GET', `/asyncJobs/${id}`);
    expect(json).toMatchObject({ programExecutionInfo: { arguments: [payload] } });
  },
);

test.each([[{ walked: 3 }], [[1, 2]], ['done'], [0], [false], [null]])(
  'the result %j is the answer as it is',
  async (result) => {
    expect(await run(null, { result })).toMatchObject({ status: 200, json: result });
  },
);

describe('400 with message and code', () => {
  test('when the program failed', async () => {
    expect(await run(null, { state: 'failed', errorMessage: 'no such table' })).toMatchObject({
      status: 400,
      json: { message: 'no such table', code: 'PROGRAM_FAILED' },
    });
  });

  test('when the job was stopped', async () => {
    const { answer, id } = await begin(null);
    await room.store.jobs.requestCancel(id, Date.now());
    const response = await answer;
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      message: `async job ${id} was stopped, or its worker lost`,
      code: 'PROGRAM_ABANDONED',
    });
  });
});

test('a client that leaves stops only the waiting', async () => {
  const leave = new AbortController();
  const { answer, id } = await begin(null, leave.signal);
  leave.abort();
  await expect(answer).rejects.toThrow();
  await room.finish(id, { result: 'all the same' });
  expect((await room.ask('GET', `/asyncJobs/${id}`)).json).toMatchObject({ status: 'Completed' });
});

test('a gateway that stops lets nobody wait on: 503 that names the job, or how far it is', async () => {
  const { answer, id } = await begin(null);
  const held = room.ask('GET', `/asyncJobs/${id}?wait=60`);
  room.watch.close();
  expect((await held).json).toMatchObject({ id, status: 'InProgress' });
  const response = await answer;
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    message: `the gateway is stopping; async job ${id} goes on`,
    code: 'GATEWAY_STOPPING',
  });
  expect((await room.ask('GET', `/asyncJobs/${id}`)).json).toMatchObject({ status: 'InProgress' });
});

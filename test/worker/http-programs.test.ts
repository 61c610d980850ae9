import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HttpProgram } from '../../src/core/program.ts';
import { callback } from '../../src/dialects/callback/index.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { type ServedRoom, serveRoom } from '../dialects/serve-room.ts';
import { eventually } from '../support/eventually.ts';
import { describeWorkers, describeWorkersOnSqlite } from './describe-workers.ts';
import { answerJson, callBack, HttpEndpoint, type ReceivedCall, type ReceivedJob } from './http-endpoint.ts';
import { SETTINGS, type WorkerRig } from './worker-rig.ts';

const endpoints: HttpEndpoint[] = [];
let gateway: ServedRoom;

/** Adds an http program, and the endpoint that it calls. */
async function httpProgram(
  rig: WorkerRig,
  answer: (call: ReceivedCall, index: number) => void,
  more: Partial<HttpProgram> = {},
): Promise<HttpEndpoint> {
  const endpoint = new HttpEndpoint(answer);
  endpoints.push(endpoint);
  addProgram(rig, { url: await endpoint.listen(), ...more });
  return endpoint;
}

function addProgram(rig: WorkerRig, more: Partial<HttpProgram>): void {
  rig.catalogue.set('mail', {
    ...{ kind: 'http', name: 'mail', type: 'program', published: true },
    ...{ url: 'http://127.0.0.1:1/', headers: {}, timeLimitMs: 60_000 },
    ...more,
  });
}

function withGateway(rig: () => WorkerRig): void {
  beforeEach(async () => {
    gateway = await serveRoom(callback, rig().stores as Store, {});
  });
  afterEach(async () => {
    for (const endpoint of endpoints.splice(0)) endpoint.close();
    await gateway.close();
  });
}

const settings = () => ({ ...SETTINGS, callbackUrl: gateway.origin });
const accept = ({ answer }: ReceivedCall) => answerJson(answer, 202, {});

/** The job of the endpoint's first call, or a later one. */
function received(endpoint: HttpEndpoint, index = 0): Promise<ReceivedJob> {
  return eventually('the endpoint is called', () => endpoint.calls[index]?.job, 10_000);
}

describeWorkers('an http program', (rig) => {
  withGateway(rig);

  test('gets its job as JSON, and its answer of 200 is the result', async () => {
    const endpoint = await httpProgram(rig(), ({ answer }) => answerJson(answer, 200, { sent: [1] }), {
      headers: { Authorization: 'Bearer secret' },
    });
    const id = await rig().submit('mail', {
      args: ['a', 7],
      targets: ['t'],
      parameters: [{ name: 'to', value: 'ann' }],
      type: 'export',
    });
    rig().worker(settings());
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toEqual({ sent: [1] });
    const [call] = endpoint.calls;
    expect(call?.method).toBe('POST');
    expect(call?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'content-type': 'application/json',
    });
    expect(call?.job).toEqual({
      ...{ id, group: id, attempt: 1, owner: 'test', program: 'mail', type: 'export' },
      ...{ arguments: ['a', 7], targets: ['t'], parameters: { to: 'ann' } },
      callback: {
        url: `${gateway.origin}/jobgate/callback/${id}`,
        token: expect.stringMatching(/^[\w-]{43}$/),
      },
    });
    expect(endpoint.calls).toHaveLength(1);
  });

  test('that accepts reports as it goes, and ends the job by its last call', async () => {
    const endpoint = await httpProgram(rig(), accept);
    const id = await rig().submit('mail', { targets: ['a', 'b'] });
    rig().worker(settings());
    const job = await received(endpoint);
    const some = {
      progress: { count: 1, target: 4 },
      rows: { total: 5 },
      records: [{ id: 'a', errorCode: 0 }],
    };
    expect(await callBack(job, some)).toEqual({ status: 200, json: { cancelling: false } });
    await callBack(job, { rows: { errors: 2 }, targetProgress: [{ id: 'b', percent: 30 }], status: 'at b' });
    expect((await rig().job(id)).state).toBe('running');
    const last = {
      log: [{ level: 3, text: 'done' }],
      records: [{ id: 'b', errorCode: 1 }],
      result: ['kept'],
    };
    expect((await callBack(job, last)).status).toBe(200);
    const { progress, statusMessage } = await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toEqual(['kept']);
    expect(progress).toMatchObject({ count: 1, target: 4, percent: 25 });
    expect(statusMessage).toBe('at b');
    expect((await rig().stores.jobs.findDetail(id))?.counters).toMatchObject({ total: 5, errors: 2 });
    expect((await rig().stores.jobs.findWithTargets(id))?.percentages).toEqual([0, 30]);
    expect(await rig().recordIds(id)).toEqual(['a', 'b']);
    expect(await rig().stores.jobs.readLog(id, 3)).toMatchObject([{ level: 3, text: 'done' }]);
    expect((await callBack(job, { progress: { count: 9 } })).status).toBe(409);
  });

  test('that has accepted is not called again when its worker is lost: its end is used', async () => {
    const endpoint = await httpProgram(rig(), accept);
    const id = await rig().submit('mail');
    const child = rig().process(settings());
    const job = await received(endpoint);
    await eventually('the 202 is noted', () => isAccepted(rig(), id));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await callBack(job, { result: 'in between' })).status).toBe(200);
    rig().worker(settings());
    expect((await rig().reaches(id, 'completed')).attempt).toBe(2);
    expect((await rig().outcome(id)).result).toBe('in between');
    expect(endpoint.calls).toHaveLength(1);
  });

  test('that has accepted goes on reporting with its token after its worker was lost', async () => {
    const endpoint = await httpProgram(rig(), accept);
    const id = await rig().submit('mail');
    const child = rig().process(settings());
    const job = await received(endpoint);
    await eventually('the 202 is noted', () => isAccepted(rig(), id));
    child.kill('SIGKILL');
    await once(child, 'exit');
    rig().worker(settings());
    await eventually('the next attempt runs', async () => (await rig().job(id)).attempt === 2);
    await eventually('the token is good again', async () => {
      return (await callBack(job, { progress: { count: 1, target: 2 } })).status === 200;
    });
    expect((await callBack(job, { error: 'no mail server' })).status).toBe(200);
    expect((await rig().reaches(id, 'failed')).errorMessage).toBe('no mail server');
    expect(endpoint.calls).toHaveLength(1);
  });
});

async function isAccepted({ stores }: WorkerRig, jobId: string): Promise<boolean> {
  // As a lost worker would, which can take nothing over.
  const found = await stores.callbacks.takeOver({ jobId, workerId: 'nobody', attempt: 0 });
  return found !== undefined;
}

describeWorkersOnSqlite('an http program', (rig) => {
  withGateway(rig);

  async function failure(): Promise<string | null> {
    const id = await rig().submit('mail');
    rig().worker(settings());
    return (await rig().reaches(id, 'failed', 15_000)).errorMessage;
  }

  async function cancel(id: string, worker: ReturnType<WorkerRig['worker']>): Promise<void> {
    await rig().stores.jobs.requestCancel(id, Date.now());
    worker.cancelling(id);
  }

  test.each([
    ['204', (call: ReceivedCall) => call.answer.writeHead(204).end()],
    ['200 without a body', (call: ReceivedCall) => call.answer.writeHead(200).end()],
  ])('that answers %s completes with null', async (_, answer) => {
    await httpProgram(rig(), answer);
    const id = await rig().submit('mail');
    rig().worker(settings());
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBeNull();
  });

  test.each<[string, (call: ReceivedCall) => void, string | RegExp]>([
    [
      '400',
      ({ answer }) => answerJson(answer, 400, { message: 'no such\n list' }),
      'the endpoint answered 400: no such list',
    ],
    [
      '500 in plain text',
      ({ answer }) => answer.writeHead(500).end('out of\tpaper'),
      'the endpoint answered 500: out of paper',
    ],
    ['404 in silence', ({ answer }) => answer.writeHead(404).end(), 'the endpoint answered 404'],
    [
      '500 at length',
      ({ answer }) => answer.writeHead(500).end('x'.repeat(2_000_000)),
      /^the endpoint answered 500: x{500}…$/,
    ],
    [
      'a redirect',
      ({ answer }) => answer.writeHead(307, { Location: '/b' }).end(),
      'the endpoint answered 307; redirects are not followed',
    ],
    [
      '200 with what is no JSON',
      ({ answer }) => answer.end('<html>'),
      'the endpoint\'s answer is not JSON: "<html>"',
    ],
    [
      '200 with too much',
      ({ answer }) => answerJson(answer, 200, 'x'.repeat(1_048_575)),
      /^the endpoint's answer is too large/,
    ],
    ['nothing and hangs up', ({ answer }) => answer.destroy(), /^the call of the endpoint broke off: /],
  ])('that answers %s fails, and is not called again', async (_, answer, message) => {
    const endpoint = await httpProgram(rig(), answer);
    expect(await failure()).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(endpoint.calls).toHaveLength(1);
  });

  test('that is not there yet is called again', async () => {
    const endpoint = new HttpEndpoint(({ answer }) => answerJson(answer, 200, 'at last'));
    endpoints.push(endpoint);
    const url = await endpoint.listen();
    endpoint.close();
    addProgram(rig(), { url });
    const id = await rig().submit('mail');
    rig().worker(settings());
    await eventually('it was not reached', () => JSON.stringify(rig().logged).includes('ECONNREFUSED'));
    await endpoint.listen(Number(new URL(url).port));
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe('at last');
  });

  test('that is busy is called again when it says, three times at most', async () => {
    const endpoint = await httpProgram(rig(), ({ answer }) =>
      answerJson(answer, 503, { error: 'busy' }, { 'Retry-After': '0' }),
    );
    expect(await failure()).toBe('the endpoint answered 503: busy');
    expect(endpoint.calls).toHaveLength(4);
    expect(new Set(endpoint.calls.map(({ job }) => job.callback.token)).size).toBe(1);
  });

  test('that is busy without a word of when has failed', async () => {
    const endpoint = await httpProgram(rig(), ({ answer }) => answerJson(answer, 503, { error: 'busy' }));
    expect(await failure()).toBe('the endpoint answered 503: busy');
    expect(endpoint.calls).toHaveLength(1);
  });

  test.each([
    ['does not answer', () => {}],
    ['accepts and says no more', accept],
  ])('that %s is given up at its time limit', async (_, answer) => {
    await httpProgram(rig(), answer, { timeLimitMs: 300 });
    expect(await failure()).toBe('its time limit of 0.3 s has passed');
  });

  test('that was not reached within its time limit is given up, too', async () => {
    addProgram(rig(), { timeLimitMs: 200 });
    expect(await failure()).toBe('its time limit of 0.2 s has passed');
  });

  test('that is killed before it answers has its call cut off', async () => {
    let cut = false;
    const endpoint = await httpProgram(rig(), ({ answer }) => {
      answer.on('close', () => {
        cut = true;
      });
    });
    const id = await rig().submit('mail');
    const worker = rig().worker(settings());
    await received(endpoint);
    await cancel(id, worker);
    await rig().reaches(id, 'cancelled');
    await eventually('the endpoint sees it', () => cut);
  });

  test('that has accepted hears of a kill in the answer to its next call, and may still end well', async () => {
    const endpoint = await httpProgram(rig(), accept);
    const id = await rig().submit('mail');
    const worker = rig().worker({ ...settings(), killGraceMs: 5_000 });
    const job = await received(endpoint);
    // Until then the kill ends the call itself.
    await eventually('the 202 is noted', () => isAccepted(rig(), id));
    await cancel(id, worker);
    expect(await callBack(job, {})).toEqual({ status: 200, json: { cancelling: true } });
    await callBack(job, { result: 'stopped half way' });
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe('stopped half way');
  });

  test('that has accepted and does not end is left after the grace time, and told that it is over', async () => {
    const endpoint = await httpProgram(rig(), accept);
    const id = await rig().submit('mail');
    const worker = rig().worker(settings());
    const job = await received(endpoint);
    await eventually('the 202 is noted', () => isAccepted(rig(), id));
    await cancel(id, worker);
    await rig().reaches(id, 'cancelled');
    expect((await callBack(job, { result: 'too late' })).status).toBe(409);
  });

  test('that has accepted stays with its job when a worker drains: the next one is told of its end', async () => {
    const endpoint = await httpProgram(rig(), accept);
    const id = await rig().submit('mail');
    const worker = rig().worker(settings());
    const job = await received(endpoint);
    await eventually('the 202 is noted', () => isAccepted(rig(), id));
    await worker.stop();
    expect((await rig().job(id)).state).toBe('queued');
    expect((await callBack(job, { progress: { count: 1 } })).status).toBe(503);
    rig().worker(settings());
    await eventually(
      'the next worker has it',
      async () => (await callBack(job, { status: 'on' })).status === 200,
    );
    await callBack(job, { result: 1 });
    expect((await rig().reaches(id, 'completed')).attempt).toBe(2);
    expect(endpoint.calls).toHaveLength(1);
  });

  test('that ends before it has answered is believed', async () => {
    await httpProgram(rig(), async ({ job, answer }) => {
      await callBack(job, { result: 'early' });
      answerJson(answer, 202, {});
    });
    const id = await rig().submit('mail');
    rig().worker(settings());
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe('early');
  });

  test('leaves no token in the store, only its hash, and that no longer than its job is open', async () => {
    const endpoint = await httpProgram(rig(), accept);
    await rig().stores.callbacks.purge();
    const id = await rig().submit('mail');
    rig().worker(settings());
    const job = await received(endpoint);
    expect(await rig().stores.callbacks.purge()).toBe(0);
    expect(await rig().stores.callbacks.find(job.callback.token)).toBeUndefined();
    await callBack(job, { result: 1 });
    await rig().reaches(id, 'completed');
    expect(JSON.stringify(rig().logged)).not.toContain(job.callback.token);
    expect(await rig().stores.callbacks.purge()).toBe(1);
    expect((await callBack(job, { result: 1 })).status).toBe(401);
  });
});

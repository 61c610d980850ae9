import { describe, expect, test } from 'vitest';
import { JobgateError } from '../../src/core/error.ts';
import { HttpError } from '../../src/http/http-error.ts';
import { reply } from '../../src/http/reply.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { roomWith, startGateway } from './gateway-under-test.ts';
import { send } from './raw-client.ts';

const SECRET = 'password of /srv/jobgate at 10.0.0.1';

function throwing(error: unknown) {
  return roomWith((router) => {
    router.get('/broken', async () => {
      throw error;
    });
  });
}

describe('an unexpected error', () => {
  test.each([
    ['an Error', new Error(SECRET)],
    ['a TypeError with a status', Object.assign(new TypeError(SECRET), { status: 404, expose: true })],
    ['a string', SECRET],
    ['nothing', undefined],
  ])('that is %s is answered in the room’s form, with nothing of what lies inside', async (_, error) => {
    const { port } = await startGateway({ rooms: [throwing(error)] });
    const { status, body } = await send(port, '/room/broken');
    expect(status).toBe(500);
    expect(body).toMatch(/^room says 500 INTERNAL: an internal error/);
    expect(body).not.toContain('password');
  });

  test('is logged with its stack under the request’s id', async () => {
    const { port, log } = await startGateway({ rooms: [throwing(new Error(SECRET))] });
    const { headers } = await send(port, '/room/broken');
    const line = log.find((entry) => entry['msg'] === 'unexpected error');
    expect(line).toMatchObject({
      level: 50,
      id: headers['x-request-id'],
      room: 'room',
      err: { message: SECRET },
    });
    expect(line).toHaveProperty('err.stack', expect.stringContaining('error-boundary.test'));
    await holdsEventually(() =>
      expect(log.find((entry) => entry['msg'] === 'request')).toMatchObject({
        level: 50,
        status: 500,
        outcome: 'server_error',
        fault: 'INTERNAL',
      }),
    );
  });

  test('is a route that answers nothing', async () => {
    const silent = roomWith((router) => {
      router.get('/broken', (ctx) => {
        ctx.body = 'not the way';
      });
    });
    const { port, log } = await startGateway({ rooms: [silent] });
    expect((await send(port, '/room/broken')).status).toBe(500);
    expect(log.find((entry) => entry['msg'] === 'unexpected error')).toMatchObject({
      err: { message: 'GET /room/broken was not answered' },
    });
  });

  test('after the answer does not take the answer back', async () => {
    const late = roomWith((router) => {
      router.get('/late', async (ctx) => {
        await reply(ctx, { status: 200, contentType: 'text/plain', body: 'whole' });
        throw new Error('too late');
      });
    });
    const { port, log } = await startGateway({ rooms: [late] });
    expect(await send(port, '/room/late')).toMatchObject({ status: 200, body: 'whole' });
    expect(log.some((entry) => entry['msg'] === 'unexpected error')).toBe(true);
  });

  test('in the room’s own rendering ends in a plain 500', async () => {
    const room = roomWith(() => {}, {
      respondToError: async () => {
        throw new Error(SECRET);
      },
    });
    const { port, log } = await startGateway({ rooms: [room] });
    const { status, headers, body } = await send(port, '/room/nowhere');
    expect(status).toBe(500);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).not.toContain('password');
    expect(log.some((entry) => entry['msg'] === 'the room could not render an error')).toBe(true);
  });

  test('that cannot be told at all, for want of headers that can be sent, costs its connection and nobody else’s', async () => {
    const unsayable = new HttpError(400, 'BODY_MALFORMED', 'bad', { Allow: 'a\nb' });
    const { port, log } = await startGateway({ rooms: [throwing(unsayable)] });
    await expect(send(port, '/room/broken')).rejects.toThrow('socket hang up');
    expect(log.find((entry) => entry['msg'] === 'an error could not be answered')).toMatchObject({
      level: 50,
      err: { code: 'ERR_INVALID_CHAR' },
    });
    expect((await send(port, '/healthz')).status).toBe(200);
  });
});

describe('an error that a room answers by itself', () => {
  function answering(error: unknown) {
    return roomWith((router) => {
      router.get('/broken', async (ctx) => {
        ctx.state.exchange.error = error;
        await reply(ctx, { status: 500, contentType: 'text/xml', body: '<Fault/>' });
      });
    });
  }

  test('is logged with its stack', async () => {
    const { port, log } = await startGateway({ rooms: [answering(new Error(SECRET))] });
    const { headers, body } = await send(port, '/room/broken');
    expect(body).toBe('<Fault/>');
    await holdsEventually(() =>
      expect(log.find((entry) => entry['msg'] === 'unexpected error')).toMatchObject({
        id: headers['x-request-id'],
        err: { message: SECRET },
      }),
    );
  });

  test('is no line of its own for each request where the store is away', async () => {
    const { port, log } = await startGateway({
      rooms: [answering(new JobgateError('STORE_UNAVAILABLE', 'not available'))],
    });
    await send(port, '/room/broken');
    await send(port, '/room/broken');
    const lines = () => log.filter(({ msg }) => msg !== 'request');
    await holdsEventually(() => expect(log.length).toBe(3));
    expect(lines()).toEqual([
      expect.objectContaining({ msg: 'the job store is away', reason: 'not available' }),
    ]);
  });
});

describe('the headers of an answer', () => {
  test('are kept when an error brings others', async () => {
    const room = roomWith((router) => {
      router.get('/broken', async (ctx) => {
        ctx.state.exchange.headers = { 'X-Before': 'kept', 'Retry-After': '9' };
        throw new HttpError(503, 'TOO_BUSY', 'try again', { 'Retry-After': '1' });
      });
    });
    const { port } = await startGateway({ rooms: [room] });
    expect((await send(port, '/room/broken')).headers).toMatchObject({
      'x-before': 'kept',
      'retry-after': '1',
    });
  });
});

describe('an error meant for the client', () => {
  test('reaches the room as it is', async () => {
    const { port } = await startGateway({
      rooms: [throwing(new JobgateError('TOKEN_EXPIRED', 'log in again'))],
    });
    expect((await send(port, '/room/broken')).body).toBe('room says 500 TOKEN_EXPIRED: log in again');
  });

  test('counts as the client’s, whatever status the room gives it, and is no line of its own', async () => {
    const { port, log } = await startGateway({
      rooms: [throwing(new JobgateError('TOKEN_EXPIRED', 'log in again'))],
    });
    await send(port, '/room/broken');
    await holdsEventually(() => expect(log.find((entry) => entry['msg'] === 'request')).toBeDefined());
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ level: 40, status: 500, outcome: 'client_error', fault: 'TOKEN_EXPIRED' });
  });
});

describe('a store that is away', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:3306'), { code: 'ECONNREFUSED' });
  const away = () => new JobgateError('STORE_UNAVAILABLE', 'the store is not available', { cause });

  test('is logged once with the reason, which no client is told, and once more when it is back', async () => {
    let up = false;
    const { port, log } = await startGateway({
      rooms: [throwing(away())],
      ping: async () => {
        if (!up) throw away();
      },
    });
    for (let request = 0; request < 3; request += 1) {
      const { status, body } = await send(port, '/room/broken');
      expect(status).toBe(503);
      expect(body).not.toMatch(/ECONN|10\.0/);
    }
    const lines = () => log.filter(({ msg }) => msg !== 'request');
    expect(lines()).toEqual([
      {
        level: 50,
        time: expect.any(Number),
        msg: 'the job store is away',
        reason: cause.message,
        code: cause.code,
      },
    ]);
    up = true;
    await holdsEventually(() => expect(lines()).toHaveLength(2));
    expect(lines()[1]).toMatchObject({
      level: 30,
      msg: 'the job store answers again',
      failures: 3,
      ms: expect.any(Number),
    });
    await send(port, '/room/broken');
    expect(lines()).toHaveLength(3);
    expect(lines()[2]).toMatchObject({ msg: 'the job store is away' });
  });
});

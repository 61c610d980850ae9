import { describe, expect, test } from 'vitest';
import type { HttpContext } from '../../src/http/exchange.ts';
import { reply } from '../../src/http/reply.ts';
import type { Room } from '../../src/http/room.ts';
import { roomWith, startGateway } from './gateway-under-test.ts';
import { send } from './raw-client.ts';

function named(name: string, prefix: string): Room {
  return roomWith(
    (router) => {
      router.get('/job', (ctx) => reply(ctx, { status: 200, contentType: 'text/plain', body: name }));
      router.post('/job', (ctx) => reply(ctx, { status: 200, contentType: 'text/plain', body: name }));
    },
    { name, prefixes: [prefix] },
  );
}

describe('a path', () => {
  test.each([
    ['/one/job', 'first'],
    ['/ONE/job', 'first'],
    ['/one/job?token=x', 'first'],
    ['/one/two/job', 'second'],
  ])('%s is answered by the room %s', async (path, name) => {
    const { port } = await startGateway({ rooms: [named('first', '/one'), named('second', '/one/two')] });
    expect((await send(port, path)).body).toBe(name);
  });

  test.each(['/one', '/one/', '/one/nothing', '/one/job/deeper', '/one/two/nothing', '/one/%zz'])(
    '%s that a room owns but does not know is answered by the room',
    async (path) => {
      const { port } = await startGateway({ rooms: [named('first', '/one'), named('second', '/one/two')] });
      expect(await send(port, path)).toMatchObject({
        status: 404,
        body: 'room says 404 NOT_FOUND: there is nothing at this address',
      });
    },
  );

  test.each(['/', '/onetwo', '/job', '//one/job', '/%6fne/job', '*'])(
    '%s of no room is a plain 404',
    async (path) => {
      const { port } = await startGateway({ rooms: [named('first', '/one')] });
      expect(await send(port, path)).toMatchObject({
        status: 404,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: 'there is nothing at this address\n',
      });
    },
  );
});

describe('a path without parameters', () => {
  const answering = (body: string) => async (ctx: HttpContext) => {
    await reply(ctx, { status: 200, contentType: 'text/plain', body: `${body} ${ctx['params']?.id ?? ''}` });
  };

  test('is answered by a route with parameters that comes first, as the router has it', async () => {
    const room = roomWith((router) => {
      router.get('/jobs/:id', answering('any'));
      router.get('/jobs/latest', answering('latest'));
    });
    const { port } = await startGateway({ rooms: [room] });
    expect((await send(port, '/room/jobs/latest')).body).toBe('any latest');
  });

  test('goes through what is used by all paths of its room', async () => {
    const room = roomWith((router) => {
      router.use(async (ctx, next) => {
        ctx.state.exchange.headers = { 'X-Used': 'yes' };
        await next();
      });
      router.get('/jobs', answering('all'));
    });
    const { port } = await startGateway({ rooms: [room] });
    expect(await send(port, '/room/jobs')).toMatchObject({ body: 'all ', headers: { 'x-used': 'yes' } });
  });

  test('whose handler goes on to the next is one that there is nothing at', async () => {
    const room = roomWith((router) => {
      router.get('/jobs', (_ctx, next) => next());
    });
    const { port } = await startGateway({ rooms: [room] });
    expect((await send(port, '/room/jobs')).status).toBe(404);
  });
});

describe('a method', () => {
  test.each(['DELETE', 'PUT', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s that the address does not take is answered by the room with 405 and those it takes',
    async (method) => {
      const { port } = await startGateway({ rooms: [named('first', '/one')] });
      const { status, headers, body } = await send(port, '/one/job', { method });
      expect(status).toBe(405);
      expect(headers['allow']).toBe('GET, HEAD, POST');
      expect(body).toBe('room says 405 METHOD_NOT_ALLOWED: this address takes GET, HEAD, POST');
    },
  );
});

test('two rooms cannot own one prefix', async () => {
  await expect(startGateway({ rooms: [named('first', '/one'), named('second', '/One')] })).rejects.toThrow(
    'first and second both claim /one',
  );
});

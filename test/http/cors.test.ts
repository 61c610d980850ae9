import { describe, expect, test } from 'vitest';
import { cors } from '../../src/http/cors.ts';
import { HttpError } from '../../src/http/http-error.ts';
import { reply } from '../../src/http/reply.ts';
import { roomWith, startGateway } from './gateway-under-test.ts';
import { send } from './raw-client.ts';

const PAGE = 'https://jobs.example.com';
const RULES = { methods: ['GET', 'POST'], headers: ['Authorization', 'Content-Type'], exposed: ['Location'] };

function startRoom(origins: readonly string[]) {
  const room = roomWith(
    (router) => {
      router.get('/job', (ctx) =>
        reply(ctx, {
          status: 200,
          contentType: 'application/json',
          body: '{}',
          headers: { Vary: 'Accept' },
        }),
      );
      router.get('/busy', async () => {
        throw new HttpError(503, 'TOO_BUSY', 'try again', { 'Retry-After': '1' });
      });
    },
    { cors: cors(origins, RULES) },
  );
  return startGateway({ rooms: [room] });
}

async function ask(
  origins: readonly string[],
  path: string,
  headers: Record<string, string>,
  method = 'GET',
) {
  const { port } = await startRoom(origins);
  const answer = await send(port, path, { method, headers });
  const shared = Object.entries(answer.headers).filter(([name]) => name.startsWith('access-control-'));
  return { ...answer, shared: Object.fromEntries(shared) };
}

const preflight = (origin: string) => ({ Origin: origin, 'Access-Control-Request-Method': 'POST' });

describe('a page of an allowed origin', () => {
  test('may read answers, and is told which headers', async () => {
    const answer = await ask(['http://localhost:5173', PAGE], '/room/job', { Origin: PAGE });
    expect(answer).toMatchObject({ status: 200, body: '{}' });
    expect(answer.shared).toEqual({
      'access-control-allow-origin': PAGE,
      'access-control-expose-headers': 'X-Request-Id, Location',
    });
    expect(answer.headers.vary).toBe('Origin, Accept');
  });

  test.each([
    ['a refusal, with the headers that it brings', '/room/busy', 503, '1'],
    ['that there is nothing', '/room/nowhere', 404, undefined],
  ])('may read %s', async (_, path, status, retryAfter) => {
    const answer = await ask([PAGE], path, { Origin: PAGE });
    expect(answer.status).toBe(status);
    expect(answer.headers['retry-after']).toBe(retryAfter);
    expect(answer.shared).toMatchObject({ 'access-control-allow-origin': PAGE });
  });

  test('may ask before it sends, at any address, and remember the answer', async () => {
    const answer = await ask([PAGE], '/room/nowhere', preflight(PAGE), 'OPTIONS');
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(answer.shared).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Authorization, Content-Type',
      'access-control-max-age': '600',
    });
    expect(answer.headers).not.toHaveProperty('content-type');
    expect(answer.headers).not.toHaveProperty('content-length');
  });

  test('is never allowed credentials', async () => {
    for (const origins of [[PAGE], ['*']]) {
      const { shared } = await ask(origins, '/room/job', preflight(PAGE), 'OPTIONS');
      expect(shared).not.toHaveProperty('access-control-allow-credentials');
    }
  });
});

describe('any page', () => {
  test('is allowed where the origins are *, in the same words for all', async () => {
    const answer = await ask(['*'], '/room/job', { Origin: 'https://elsewhere.example.net' });
    expect(answer.shared).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(answer.headers.vary).toBe('Accept');
  });
});

describe('a page of another origin', () => {
  test.each([
    'https://elsewhere.example.net',
    'http://jobs.example.com',
    `${PAGE}:8443`,
    `${PAGE}.evil.example`,
    'null',
  ])('such as %s may neither read nor send, and caches are told why', async (origin) => {
    const answer = await ask([PAGE], '/room/job', { Origin: origin });
    expect(answer.shared).toEqual({});
    expect(answer.headers.vary).toBe('Origin, Accept');
    const asked = await ask([PAGE], '/room/job', preflight(origin), 'OPTIONS');
    expect(asked.status).toBe(204);
    expect(asked.shared).toEqual({});
  });
});

describe('what is no browser’s question', () => {
  test('is answered as ever, and without headers for browsers', async () => {
    const answer = await ask([PAGE], '/room/job', {});
    expect(answer.status).toBe(200);
    expect(answer.shared).toEqual({});
    expect((await ask([PAGE], '/room/job', { Origin: PAGE }, 'OPTIONS')).status).toBe(405);
  });
});

describe('a room without origins', () => {
  test('says nothing to browsers', async () => {
    const answer = await ask([], '/room/job', { Origin: PAGE });
    expect(answer.shared).toEqual({});
    expect(answer.headers.vary).toBe('Accept');
    expect((await ask([], '/room/job', preflight(PAGE), 'OPTIONS')).status).toBe(405);
  });
});

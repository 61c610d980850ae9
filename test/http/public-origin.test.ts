import { describe, expect, test } from 'vitest';
import { publicOrigin } from '../../src/http/public-origin.ts';
import { reply } from '../../src/http/reply.ts';
import { roomWith, startGateway } from './gateway-under-test.ts';
import { send, speak } from './raw-client.ts';

const room = roomWith((router) => {
  router.get('/where', (ctx) =>
    reply(ctx, { status: 200, contentType: 'text/plain', body: publicOrigin(ctx) }),
  );
});

async function originFor(headers: Record<string, string>, trustedProxies: readonly string[] = []) {
  const { port } = await startGateway({ rooms: [room], trustedProxies });
  return (await send(port, '/room/where', { headers })).body.replace(String(port), 'PORT');
}

describe('the public origin', () => {
  test.each([
    ['jobs.example.com', 'http://jobs.example.com'],
    ['jobs.example.com:8080', 'http://jobs.example.com:8080'],
    ['jobs.example.com:80', 'http://jobs.example.com'],
    ['JOBS_1', 'http://JOBS_1'],
    ['192.0.2.1:81', 'http://192.0.2.1:81'],
    ['[2001:db8::1]', 'http://[2001:db8::1]'],
    ['[2001:db8::1]:81', 'http://[2001:db8::1]:81'],
  ])('follows Host: %s', async (host, origin) => {
    expect(await originFor({ Host: host })).toBe(origin);
  });

  test.each([
    'evil"/><x',
    'a b',
    'user@host',
    'host/path',
    'host?x',
    'host:0',
    'host:65536',
    'host:port',
    'host:',
    '-host',
    '[::1',
    '[zz]',
    '[1.2.3.4]',
    'a&amp;b',
    "a'b",
    `${'a'.repeat(255)}.com`,
  ])('does not follow Host: %s', async (host) => {
    expect(await originFor({ Host: host })).toBe('http://127.0.0.1:PORT');
  });

  test('of HTTP/1.0 without a Host is the address the connection arrived at', async () => {
    const { port } = await startGateway({ rooms: [room] });
    expect(await speak(port, 'GET /room/where HTTP/1.0\r\n\r\n')).toMatch(
      new RegExp(`^HTTP/1\\.1 200 OK\\r\\n[\\s\\S]*\\r\\n\\r\\nhttp://127\\.0\\.0\\.1:${port}$`),
    );
  });

  test('does not believe forwarding headers of just anybody', async () => {
    const headers = {
      Host: 'jobs.example.com',
      'X-Forwarded-Host': 'evil.example.com',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Port': '666',
    };
    expect(await originFor(headers)).toBe('http://jobs.example.com');
    expect(await originFor(headers, ['10.0.0.0/8'])).toBe('http://jobs.example.com');
  });
});

describe('behind a trusted proxy', () => {
  test.each([
    [{ 'X-Forwarded-Proto': 'https' }, 'https://inner:8080'],
    [{ 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'jobs.example.com' }, 'https://jobs.example.com'],
    [
      { 'X-Forwarded-Proto': 'HTTPS', 'X-Forwarded-Host': 'jobs.example.com:443' },
      'https://jobs.example.com',
    ],
    [{ 'X-Forwarded-Host': 'jobs.example.com', 'X-Forwarded-Port': '81' }, 'http://jobs.example.com:81'],
    [{ 'X-Forwarded-Host': 'jobs.example.com', 'X-Forwarded-Port': 'x' }, 'http://jobs.example.com'],
    [
      { 'X-Forwarded-Proto': 'javascript', 'X-Forwarded-Host': 'jobs.example.com' },
      'http://jobs.example.com',
    ],
    [{ 'X-Forwarded-Host': 'evil"/>' }, 'http://inner:8080'],
    [{ 'X-Forwarded-Host': 'evil.example.com, jobs.example.com' }, 'http://jobs.example.com'],
    [
      { 'X-Forwarded-Host': 'jobs.example.com, inner', 'X-Forwarded-For': '203.0.113.9, 10.0.0.1' },
      'http://jobs.example.com',
    ],
    [
      { 'X-Forwarded-Host': 'evil, jobs.example.com, inner', 'X-Forwarded-For': '203.0.113.9, 10.0.0.1' },
      'http://jobs.example.com',
    ],
    [
      { 'X-Forwarded-Host': 'jobs.example.com', 'X-Forwarded-For': '203.0.113.9, 10.0.0.1' },
      'http://jobs.example.com',
    ],
  ])('%o gives %s', async (headers, origin) => {
    expect(await originFor({ Host: 'inner:8080', ...headers }, ['127.0.0.1', '10.0.0.0/8'])).toBe(origin);
  });
});

import { describe, expect, test } from 'vitest';
import { RawConnection, speak } from '../http/raw-client.ts';
import { type AttackRequest, ask, expectRepelled } from './attack.ts';
import { fill } from './fill.ts';
import { ANN, type GatewayUnderAttack, KNOWN_ORIGIN } from './gateway-under-attack.ts';
import { CLM, WEB3_JSON } from './rooms.ts';

const FOREIGN = 'https://evil.example';
const WSDL = '/clm/services/LicenseManager?wsdl';

/** Paths that would lead out of their folder, or into another room's. */
const TRAVERSALS = [
  '/../../../../etc/passwd',
  '/clm/services/../../../../etc/passwd',
  '/clm/services/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '/clm/services/..%2f..%2f..%2fetc%2fpasswd',
  '/clm/services/..%5c..%5c..%5cwindows%5cwin.ini',
  '/clm/services/LicenseManager%00.wsdl',
  '/clm/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd',
  '/v1/Results/..%2f..%2f..%2fmetrics',
  '/web3/topicmaps/..%2f..%2fetc/jobs/..%2fpasswd',
  '/protrak/api/asyncJobs/..%2f..%2f..%2fmetrics',
  '/jobgate/callback/..%2f..%2fmetrics',
  '/openapi.json/../../package.json',
];

const INJECTED = 'a%0d%0aX-Injected:%20yes%0d%0a%0d%0a<script>';

/** What is done to a server by its request line and its headers. */
export function httpAttacks(gateway: () => GatewayUnderAttack): void {
  test.each(TRAVERSALS)('path traversal: %s leads nowhere', async (path) => {
    const answer = await speak(
      gateway().port,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway().token}\r\nConnection: close\r\n\r\n`,
    );
    // Starfish answers that a run has no results: that there is nothing under this ID is no error there.
    expect(answer).toMatch(/^HTTP\/1\.1 (40[045] |200 OK.*\r\n\r\n\[\]$)/s);
    expect(answer).not.toMatch(/root:|process_cpu|"dependencies"/);
  });

  test.each([
    `/web3/topicmaps/${INJECTED}/jobs`,
    `/web3/topicmaps/a/jobs/${INJECTED}`,
    `/v1/Results/${INJECTED}`,
    `/v1/${INJECTED}`,
    `/API3/tasks/${INJECTED}`,
    `/protrak/api/asyncJobs/${INJECTED}`,
    `/clm/services/${INJECTED}`,
    `/jobgate/callback/${INJECTED}`,
    `/${INJECTED}`,
  ])('header injection by %s adds no header, and no markup that a browser would run', async (path) => {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(gateway(), {
        method,
        path,
        headers: { Authorization: `Bearer ${gateway().token}` },
      });
      expect(answer.headers).not.toHaveProperty('x-injected');
      if (/html/.test(String(answer.headers['content-type']))) expect(answer.body).not.toContain('<script>');
    }
  });

  test('what a job is called reaches Location only escaped', async () => {
    const { body, headers = {} } = WEB3_JSON.send(gateway(), WEB3_JSON.wrap('"a":0'));
    const path = `/web3/topicmaps/${INJECTED.replace(/%0[ad]/g, '%20')}/jobs`;
    const made = await ask(gateway(), { path, headers, ...(body !== undefined && { body }) });
    expect(made.status).toBe(201);
    expect(made.headers.location).toMatch(/^[\x21-\x7e]+$/);
    expect(made.headers.location).not.toMatch(/[<>"]/);
  });

  test.each([
    'evil.example"/><x',
    'evil.example/path',
    'a b',
    '[::1',
    'evil.example:99999',
    'user@evil.example',
  ])('a Host or X-Forwarded-Host of %s is in no WSDL', async (host) => {
    for (const name of ['Host', 'X-Forwarded-Host']) {
      const others = name === 'Host' ? '' : 'Host: jobs.example.com\r\n';
      const answer = await speak(
        gateway().port,
        `GET ${WSDL} HTTP/1.1\r\n${others}${name}: ${host}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /);
      expect(answer).not.toContain('evil.example');
    }
  });

  test.each([
    'Transfer-Encoding: chunked\r\nContent-Length: 4',
    'Content-Length: 4\r\nContent-Length: 5',
    'Transfer-Encoding : chunked',
    'Content-Length: +4',
    'Content-Length: 0x4',
  ])('request smuggling by %j is refused, and what follows is no request', async (fields) => {
    const { path, headers = {} } = CLM.send(gateway(), '');
    const connection = new RawConnection(gateway().port).write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${headers['Content-Type']}\r\n${fields}\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    await connection.until('\r\n\r\n');
    expect(connection.received).toMatch(/^HTTP\/1\.1 400 /);
    expect(connection.received.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  test('an overlong request line, header or number of headers is refused', async () => {
    const long = fill(() => 'a', 100_000);
    const heads = [
      `GET /${long} HTTP/1.1\r\nHost: x`,
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${long}`,
      `GET / HTTP/1.1\r\nHost: x${fill((i) => `\r\nX${i}: a`, 100_000)}`,
    ];
    for (const head of heads)
      expect(await speak(gateway().port, `${head}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    await gateway().bystander.isServed();
  });

  test('queries without end cost no more than others', async () => {
    const path = `/web3/topicmaps/a/jobs?${fill((i) => `a${i}=1&`, 14_000)}`;
    const request: AttackRequest = {
      method: 'GET',
      path,
      headers: { Authorization: `Bearer ${gateway().token}` },
    };
    await expectRepelled(gateway(), {
      request,
      answer: { statuses: [200, 400], text: /./ },
      usual: WEB3_JSON.usual,
    });
  });

  describe('of a page of another origin', () => {
    const basic = `Basic ${Buffer.from(`${ANN.username}:anns password`).toString('base64')}`;

    test.each(['text/plain', 'application/json', 'application/xml'])(
      'CSRF: a request of type %s with the password that a browser remembers changes nothing',
      async (type) => {
        const { path, body } = WEB3_JSON.send(gateway(), WEB3_JSON.wrap('"a":0'));
        const headers = { Authorization: basic, 'Content-Type': type, Origin: FOREIGN };
        const answer = await ask(gateway(), { path, headers, ...(body !== undefined && { body }) });
        expect(answer.status).toBe(403);
      },
    );

    test.each([
      '/web3/topicmaps/a/jobs',
      '/v1/ExecuteJobAsync',
      '/API3/tasks/findSchedule',
      '/protrak/api/asyncJobs',
      '/clm/services/LicenseManager',
      '/jobgate/callback/a',
    ])('CORS: no answer of %s may be read, and no preflight lets a request follow', async (path) => {
      const asked = {
        Origin: FOREIGN,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization',
      };
      for (const method of ['OPTIONS', 'GET', 'POST'])
        for (const Origin of [
          FOREIGN,
          'null',
          `${KNOWN_ORIGIN}.evil.example`,
          KNOWN_ORIGIN.replace('https', 'http'),
        ]) {
          const { headers } = await ask(gateway(), { method, path, headers: { ...asked, Origin } });
          expect(Object.keys(headers)).not.toContain('access-control-allow-origin');
          expect(Object.keys(headers)).not.toContain('access-control-allow-credentials');
        }
    });
  });
}

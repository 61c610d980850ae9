import { describe, expect, test } from 'vitest';
import { expectRepelled } from './attack.ts';
import { fill } from './fill.ts';
import { ANN, type GatewayUnderAttack, KNOWN_ORIGIN } from './gateway-under-attack.ts';
import { CLM, WEB3_JSON } from './rooms.ts';
import { LIST, OF_WSDL, WSDL } from './usual-requests.ts';

const FOREIGN = 'https://evil.example';
const HEAD_LIMIT = 16_384;

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
const ANYTHING = /^/;

/** What is done to a server by its request line and its headers. */
export function httpAttacks(gateway: () => GatewayUnderAttack): void {
  const authorized = () => ({ Authorization: `Bearer ${gateway().token}` });

  test.each(TRAVERSALS)('path traversal: %s leads nowhere', async (path) => {
    const { status, body } = await expectRepelled(gateway(), {
      request: { method: 'GET', path, headers: authorized() },
      answer: { statuses: [200, 400, 404, 405], text: ANYTHING },
      usual: LIST,
    });
    // Starfish answers that a run has no results: that there is nothing under this ID is no error there.
    if (status === 200) expect(body).toBe('[]');
    expect(body).not.toMatch(/root:|process_cpu|"dependencies"/);
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
      const { headers, body } = await expectRepelled(gateway(), {
        request: { method, path, headers: authorized() },
        answer: { statuses: [200, 400, 401, 404, 405, 415], text: ANYTHING },
        usual: LIST,
      });
      expect(headers).not.toHaveProperty('x-injected');
      if (/html/.test(String(headers['content-type']))) expect(body).not.toContain('<script>');
    }
  });

  test('what a job is called reaches Location only escaped', async () => {
    const request = WEB3_JSON.send(gateway(), WEB3_JSON.wrap('"a":0'));
    const path = `/web3/topicmaps/${INJECTED.replace(/%0[ad]/g, '%20')}/jobs`;
    const { headers } = await expectRepelled(gateway(), {
      request: { ...request, path },
      answer: { statuses: [201], text: ANYTHING },
      usual: WEB3_JSON.usual,
    });
    expect(headers.location).toMatch(/^[\x21-\x7e]+$/);
    expect(headers.location).not.toMatch(/[<>"]/);
  });

  test.each([
    'evil.example"/><x',
    'evil.example/path',
    'a b',
    '[::1',
    'evil.example:99999',
    'user@evil.example',
  ])('a Host or X-Forwarded-Host of %s is in no WSDL', async (host) => {
    for (const name of ['Host', 'X-Forwarded-Host'])
      await expectRepelled(gateway(), {
        request: { method: 'GET', path: WSDL, headers: { Host: 'jobs.example.com', [name]: host } },
        answer: { statuses: [200, 400], text: /^(?!.*evil\.example)/s },
        usual: OF_WSDL,
      });
  });

  test.each([
    'Transfer-Encoding: chunked\r\nContent-Length: 4',
    'Content-Length: 4\r\nContent-Length: 5',
    'Transfer-Encoding : chunked',
    'Content-Length: +4',
    'Content-Length: 0x4',
  ])('request smuggling by %j is refused, and what follows is no request', async (fields) => {
    const { path, headers = {} } = CLM.send(gateway(), '');
    const raw = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${headers['Content-Type']}\r\n${fields}\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`;
    await expectRepelled(gateway(), {
      request: { raw },
      answer: { statuses: [400], text: /^(?!.*HTTP\/1\.1)/s },
      usual: CLM.usual,
    });
  });

  test.each([
    ['request line', () => `GET /${fill(() => 'a', 100_000)} HTTP/1.1\r\nHost: x`],
    ['header', () => `GET / HTTP/1.1\r\nHost: x\r\nX: ${fill(() => 'a', 100_000)}`],
    ['number of headers', () => `GET / HTTP/1.1\r\nHost: x${fill((i) => `\r\nX${i}: a`, 100_000)}`],
  ])('an overlong %s is refused', async (_, head) => {
    await expectRepelled(gateway(), {
      request: { raw: `${head()}\r\n\r\n` },
      answer: { statuses: [431], text: ANYTHING },
      usual: LIST,
      // No more of it is read.
      usualBytes: HEAD_LIMIT - 1_000,
    });
  });

  test('queries without end cost no more than others', async () => {
    const path = `/web3/topicmaps/a/jobs?${fill((i) => `a${i}=1&`, 14_000)}`;
    await expectRepelled(gateway(), {
      request: { method: 'GET', path, headers: authorized() },
      answer: { statuses: [200, 400], text: ANYTHING },
      usual: LIST,
    });
  });

  describe('of a page of another origin', () => {
    const basic = `Basic ${Buffer.from(`${ANN.username}:anns password`).toString('base64')}`;

    test.each(['text/plain', 'application/json', 'application/xml'])(
      'CSRF: a request of type %s with the password that a browser remembers changes nothing',
      async (type) => {
        const headers = { Authorization: basic, 'Content-Type': type, Origin: FOREIGN };
        await expectRepelled(gateway(), {
          request: { ...WEB3_JSON.send(gateway(), WEB3_JSON.wrap('"a":0')), headers },
          answer: { statuses: [403], text: /pages of other origins/ },
          usual: WEB3_JSON.usual,
        });
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
          const { headers } = await expectRepelled(gateway(), {
            request: { method, path, headers: { ...asked, Origin } },
            answer: { statuses: [200, 204, 400, 401, 404, 405, 415, 500], text: ANYTHING },
            usual: LIST,
          });
          expect(Object.keys(headers)).not.toContain('access-control-allow-origin');
          expect(Object.keys(headers)).not.toContain('access-control-allow-credentials');
        }
    });
  });
}

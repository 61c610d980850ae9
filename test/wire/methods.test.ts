import { describe, expect, test } from 'vitest';
import { PATH, wireGateway } from './wire-gateway.ts';

const gateway = wireGateway();

const NEVER = ['OPTIONS', 'TRACE', 'PATCH', 'PROPFIND'] as const;
const SOAP =
  /^<\?xml .*<faultcode>soap:Client<\/faultcode><faultstring>this address takes [A-Z, ]+<\/faultstring>/;
const PYRAMID = /^\{"error":\{"message":"this address takes POST","code":"METHOD_NOT_ALLOWED"\}\}$/;
const STARFISH = /^\{"Message":"The requested resource does not support http method '[A-Z]+'\."\}$/;
const PLAIN_JSON = /^\{"message":"this address takes [A-Z, ]+","code":"METHOD_NOT_ALLOWED"\}$/;
const CALLBACK = /^\{"error":"this address takes POST"\}$/;
const WEB3 = /^<\?xml .*<Error Status="405"><Message>this address takes [A-Z, ]+<\/Message><\/Error>$/;
const PLAIN = /^this address takes [A-Z, ]+\n$/;

/** An address of each room, the methods that it has not, what it has, and the room's form of a 405. */
const ADDRESSES: readonly (readonly [string, readonly string[], string, RegExp])[] = [
  [PATH, ['PUT', 'DELETE', ...NEVER], 'GET, HEAD, POST', SOAP],
  ['/web3/topicmaps/trial/jobs', ['PUT', 'DELETE', ...NEVER], 'GET, HEAD, POST', WEB3],
  ['/web3/topicmaps/trial/jobs/1', ['POST', ...NEVER], 'DELETE, GET, HEAD, PUT', WEB3],
  ['/token', ['GET', 'PUT', 'DELETE', ...NEVER], 'POST', STARFISH],
  ['/v1/ExecuteJob', ['GET', 'PUT', 'DELETE', ...NEVER], 'POST', STARFISH],
  ['/api/v1/Results/1', ['POST', 'PUT', 'DELETE', ...NEVER], 'GET, HEAD', STARFISH],
  ['/API3/tasks/runSchedule', ['GET', 'PUT', 'DELETE', ...NEVER], 'POST', PYRAMID],
  ['/protrak/api/asyncJobs', ['PUT', 'DELETE', ...NEVER], 'GET, HEAD, POST', PLAIN_JSON],
  ['/jobgate/callback/1', ['GET', 'PUT', 'DELETE', ...NEVER], 'POST', CALLBACK],
  ['/openapi.json', ['POST', 'PUT', 'DELETE', ...NEVER], 'GET, HEAD', PLAIN_JSON],
  ['/healthz', ['POST', 'PUT', 'DELETE', ...NEVER], 'GET, HEAD', PLAIN],
];

const request = (method: string, target: string) =>
  `${method} ${target} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;

describe.each(ADDRESSES)('%s', (address, methods, allowed, form) => {
  test.each(methods)('has no %s, and says in its room’s form what it has', async (method) => {
    const { answers, rest } = await gateway.say(request(method, address));
    expect([answers.length, rest.length]).toEqual([1, 0]);
    expect(answers[0]?.statusLine).toBe('HTTP/1.1 405 Method Not Allowed');
    expect(answers[0]?.headers.get('allow')).toBe(allowed);
    expect(answers[0]?.body.toString()).toMatch(form);
  });

  test('has no HEAD or has one without a body', async () => {
    const { answers, rest } = await gateway.say(request('HEAD', address));
    // Read as an answer with a body, which never comes: all that came is the head.
    expect(answers).toEqual([]);
    expect(rest.toString()).toMatch(
      /^HTTP\/1\.1 (200|401|405) [\s\S]*\r\nContent-Length: [1-9]\d*\r\n[\s\S]*\r\n\r\n$/,
    );
  });

  test('is no way to somewhere else', async () => {
    const { answers } = await gateway.say(request('CONNECT', address));
    expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 501 Not Implemented']);
  });
});

test('OPTIONS of the server as a whole finds nothing', async () => {
  const { answers } = await gateway.say(request('OPTIONS', '*'));
  expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 404 Not Found']);
});

import { expect, test } from 'vitest';
import { holdsEventually } from '../support/holds-eventually.ts';
import { startGateway } from './gateway-under-test.ts';
import { send, speak } from './raw-client.ts';

test.each(['http://[', 'http://', 'http://[?'])(
  'the request target %s is answered 400, logged, and the gateway goes on',
  async (target) => {
    const { port, log } = await startGateway();
    const answer = await speak(port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    await holdsEventually(() =>
      expect(log.find(({ msg }) => msg === 'request')).toMatchObject({
        status: 400,
        fault: 'TARGET_MALFORMED',
      }),
    );
    expect((await send(port, '/healthz')).status).toBe(200);
  },
);

test('a request target with scheme and host is taken by its path', async () => {
  const { port } = await startGateway();
  const answer = await speak(port, 'GET http://x/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

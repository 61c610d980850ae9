import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AddressGuard } from '../../src/webhooks/address-guard.ts';
import { AllowedHosts } from '../../src/webhooks/allowed-hosts.ts';
import { send, type WebhookPost } from '../../src/webhooks/send.ts';
import { eventually } from '../support/eventually.ts';
import { answers, hangsUp, stalls, startReceiver } from './receiver.ts';
import { TLS_CERTIFICATE, TLS_KEY } from './tls-certificate.ts';

function post(url: string, more: Partial<WebhookPost> = {}) {
  const guard = new AddressGuard(new AllowedHosts(['127.0.0.1', 'localhost']));
  const body = '{"status":"Complete"}';
  return send({
    url,
    headers: { 'X-Test': '1' },
    body,
    guard,
    signal: new AbortController().signal,
    ...more,
  });
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('sending', () => {
  test('posts the body to the path and query of the URL', async () => {
    const receiver = await startReceiver();
    expect(await post(receiver.url)).toEqual({ status: 204, retryAfter: undefined });
    expect(receiver.received).toMatchObject([
      { method: 'POST', path: '/hook?key=1', body: '{"status":"Complete"}', headers: { 'x-test': '1' } },
    ]);
  });

  test('sends no credentials, whatever the URL holds', async () => {
    const receiver = await startReceiver();
    await post(receiver.url.replace('//', '//user:pass@'));
    expect(receiver.received[0]?.headers).not.toHaveProperty('authorization');
  });

  test.each([301, 302, 307, 308])('does not follow a %d', async (status) => {
    const [elsewhere, receiver] = [await startReceiver(), await startReceiver()];
    receiver.react(answers(status, { Location: elsewhere.url }));
    expect(await post(receiver.url)).toMatchObject({ status });
    expect(elsewhere.received).toEqual([]);
  });

  test('tells what the receiver says of when to come back', async () => {
    const receiver = await startReceiver();
    receiver.react(answers(503, { 'Retry-After': '17' }));
    expect(await post(receiver.url)).toEqual({ status: 503, retryAfter: '17' });
  });

  test('makes a connection of its own for each message', async () => {
    const receiver = await startReceiver();
    await post(receiver.url);
    await post(receiver.url);
    const [first, second] = receiver.received;
    expect(first?.headers.connection).toBe('close');
    expect(first?.socket).not.toBe(second?.socket);
  });

  test('does not wait for the end of an endless answer, and hangs up on it', async () => {
    const receiver = await startReceiver();
    let ended = false;
    receiver.react((response) => {
      response.on('close', () => {
        ended = true;
      });
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await post(receiver.url)).toMatchObject({ status: 200 });
    await eventually('the connection is closed', () => ended);
  });

  test('takes no more of an answer that drips than a second of it', async () => {
    const receiver = await startReceiver();
    let closed: true | undefined;
    receiver.react((response) => {
      response.on('close', () => {
        closed = true;
      });
      response.writeHead(200).write('x');
    });
    expect(await post(receiver.url)).toMatchObject({ status: 200 });
    expect(closed).toBeUndefined();
    await eventually('the connection is closed', () => closed);
  });

  test('fails when it is cut short', async () => {
    const receiver = await startReceiver();
    receiver.react(stalls);
    const cut = new AbortController();
    const sent = post(receiver.url, { signal: cut.signal });
    await eventually('the receiver has it', () => receiver.received.length > 0);
    cut.abort();
    await expect(sent).rejects.toThrow('aborted');
  });

  test('fails where the receiver hangs up, or nobody listens', async () => {
    const receiver = await startReceiver();
    receiver.react(hangsUp);
    await expect(post(receiver.url)).rejects.toThrow('socket hang up');
    await receiver.close();
    await expect(post(receiver.url)).rejects.toThrow('ECONNREFUSED');
  });

  test('fails where the answer is not HTTP', async () => {
    const port = await listening(createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
    await expect(post(`http://127.0.0.1:${port}/`)).rejects.toThrow('Parse Error');
  });

  test('opens no connection to a forbidden address, written out or found for a name', async () => {
    let connections = 0;
    const port = await listening(
      createServer((socket) => {
        connections += 1;
        socket.destroy();
      }),
    );
    const guard = new AddressGuard(new AllowedHosts([]));
    for (const host of ['127.0.0.1', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost', 'LOCALHOST']) {
      await expect(post(`http://${host}:${port}/`, { guard })).rejects.toThrow('is not a public address');
    }
    expect(connections).toBe(0);
  });

  test('verifies the certificate of the receiver', async () => {
    let requests = 0;
    const server = createTlsServer({ key: TLS_KEY, cert: TLS_CERTIFICATE }, (_, response) => {
      requests += 1;
      response.end();
    });
    const port = await listening(server);
    await expect(post(`https://localhost:${port}/`)).rejects.toThrow('certificate');
    expect(requests).toBe(0);
  });
});

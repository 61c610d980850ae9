import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openSession } from '../dialects/access/scene.ts';
import { speak } from '../http/raw-client.ts';
import { eventually } from '../support/eventually.ts';
import { ask } from './attack.ts';
import { ANN, CONNECTIONS, type GatewayUnderAttack, TOKEN_REQUESTS } from './gateway-under-attack.ts';
import { CLM, type DocumentRoom, PROTRAK, PYRAMID, STARFISH_JSON, WEB3_JSON } from './rooms.ts';

/** Fewer than there may be: others come and go meanwhile. */
const SLOW = 100;
/** 3 s for a request, and 5 until that is looked at; the rest is for a busy machine. */
const CUT_OFF_WITHIN_MS = 20_000;

/** Clients that hold connections, and send or read next to nothing on them. */
export function connectionAttacks(gateway: () => GatewayUnderAttack): void {
  test('slowloris: headers and bodies that never end are cut off with 408, and nobody else notices', async () => {
    const { path, headers = {} } = CLM.send(gateway(), '');
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${headers['Content-Type']}\r\n`;
    const beginnings = [
      '',
      'GET',
      `${head}X-A: `,
      `${head}Content-Length: 100000\r\n\r\n<`,
      `${head}Transfer-Encoding: chunked\r\n\r\n1\r\n`,
    ];
    const before = gateway().processorTime();
    const victims = Array.from({ length: SLOW }, (_, i) =>
      open(gateway().port, beginnings[i % beginnings.length] ?? ''),
    );
    const drops = setInterval(() => {
      for (const { socket } of victims) if (socket.writable) socket.write('a');
    }, 500);
    try {
      await eventually('all are cut off', () => victims.every(({ closed }) => closed), CUT_OFF_WITHIN_MS);
    } finally {
      clearInterval(drops);
      for (const { socket } of victims) socket.destroy();
    }
    for (const { received } of victims) expect(received).toMatch(/^(HTTP\/1\.1 40[08] |$)/);
    expect((gateway().processorTime() - before) / SLOW, 'ms for each').toBeLessThan(50);
    await gateway().bystander.isServed();
  });

  test('a flood of connections gets no more than there may be, and those that are there are served', async () => {
    const flood = Array.from({ length: 2 * CONNECTIONS }, () => open(gateway().port, ''));
    try {
      await eventually(
        'what is too much is closed',
        () => flood.filter(({ closed }) => closed).length >= CONNECTIONS,
      );
      await gateway().bystander.isServed();
    } finally {
      for (const { socket } of flood) socket.destroy();
    }
    await eventually('new connections are taken again', async () =>
      /^HTTP\/1\.1 200 /.test(await speak(gateway().port, HEALTH)),
    );
  });

  test('one token has so many requests under way, then it is told to come back; others are served', async () => {
    const { store, port, jobId } = gateway();
    const token = await openSession(store, ANN);
    const greedy = Object.assign(Object.create(gateway()) as GatewayUnderAttack, { token });
    const job = await store.jobs.find(jobId);
    const wait = `GET /web3/topicmaps/${job?.group}/jobs/${jobId}?wait=60 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    const held = Array.from({ length: TOKEN_REQUESTS }, () => open(port, wait));
    const status = async (room: DocumentRoom) => (await ask(greedy, room.usual.build(greedy, 1_024))).status;
    const rooms = [WEB3_JSON, STARFISH_JSON, PYRAMID, PROTRAK];
    try {
      for (const room of rooms)
        await eventually(`${room.name} says 429`, async () => (await status(room)) === 429);
      const inClm = await ask(greedy, CLM.usual.build(greedy, 1_024));
      expect(inClm).toMatchObject({
        status: 500,
        body: expect.stringContaining('[1] SYSTEM_ERROR: more than 20'),
      });
      const again = await ask(greedy, WEB3_JSON.usual.build(greedy, 1_024));
      expect(again.headers['retry-after']).toBe('1');
      await expect(ask(gateway(), WEB3_JSON.usual.build(gateway(), 1_024))).resolves.toMatchObject({
        status: 201,
      });
      await gateway().bystander.isServed();
    } finally {
      for (const { socket } of held) socket.destroy();
    }
    for (const room of rooms)
      await eventually(`${room.name} answers`, async () => (await status(room)) < 300);
  });

  test('requests in a pipe, more than anybody sends, are cut off', async () => {
    const wait = `GET /web3/topicmaps/a/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway().token}\r\n\r\n`;
    const greedy = open(gateway().port, wait.repeat(5_000));
    greedy.socket.pause();
    await gateway().bystander.isServed();
    greedy.socket.resume();
    await eventually('the connection is closed', () => greedy.closed);
  });
}

const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

interface Held {
  readonly socket: Socket;
  received: string;
  closed: boolean;
}

function open(port: number, text: string): Held {
  const socket = connect({ host: '127.0.0.1', port });
  const held: Held = { socket, received: '', closed: false };
  socket.setEncoding('latin1').on('data', (more: string) => {
    held.received += more;
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    held.closed = true;
  });
  socket.write(text);
  return held;
}

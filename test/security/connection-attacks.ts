import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openSession } from '../dialects/access/scene.ts';
import { eventually } from '../support/eventually.ts';
import { expectRepelled, expectWithinBound } from './attack.ts';
import { ask, usualCost } from './attack-cost.ts';
import {
  ADDRESS_CONNECTIONS,
  ANN,
  CONNECTIONS,
  type GatewayUnderAttack,
  TOKEN_REQUESTS,
} from './gateway-under-attack.ts';
import { CLM, type DocumentRoom, PROTRAK, PYRAMID, STARFISH_JSON, WEB3_JSON } from './rooms.ts';
import { LIST } from './usual-requests.ts';

/** Fewer than there may be: others come and go meanwhile. */
const SLOW = 200;
const PIPED = 5_000;
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
    const usual = await usualCost(gateway(), LIST, 1_024);
    const before = gateway().processorTime();
    const { asked } = gateway().bystander;
    const victims = Array.from({ length: SLOW }, (_, i) =>
      open(gateway().port, beginnings[i % beginnings.length] ?? ''),
    );
    const drops = setInterval(() => {
      for (const { socket } of victims) if (socket.writable) socket.write('a');
    }, 1_000);
    try {
      await eventually('all are cut off', () => victims.every(({ closed }) => closed), CUT_OFF_WITHIN_MS);
    } finally {
      clearInterval(drops);
      for (const { socket } of victims) socket.destroy();
    }
    for (const { received } of victims) expect(received).toMatch(/^(HTTP\/1\.1 40[08] |$)/);
    // For each: a few bytes, one at a time, against a request on a connection of its own; the bystander's are not the attack's.
    const his = (gateway().bystander.asked - asked) * usual;
    const cost = gateway().processorTime() - before - his;
    expectWithinBound(cost / SLOW / usual, 'times a request');
    await gateway().bystander.isServed();
  });

  test.each([
    // A trusted proxy's are not counted.
    ['all addresses together get', '127.0.0.1', CONNECTIONS],
    ['one address gets', '127.0.0.2', ADDRESS_CONNECTIONS],
  ])(
    'of a flood of connections %s no more than there may be, and others are served',
    async (_, from, most) => {
      const usual = await usualCost(gateway(), LIST, 1_024);
      const before = gateway().processorTime();
      const flood = Array.from({ length: 2 * CONNECTIONS }, () => open(gateway().port, '', from));
      try {
        const tooMany = flood.length - most;
        await eventually('what is too much is closed', () => closed(flood) >= tooMany);
        await gateway().bystander.isServed();
        expectWithinBound((gateway().processorTime() - before) / flood.length / usual, 'times a request');
        if (from !== '127.0.0.1') {
          const second = open(gateway().port, HEALTH, '127.0.0.3');
          await eventually('a second address is served', () => second.received.includes('200 OK'));
          expect(closed(flood)).toBe(tooMany);
        }
      } finally {
        for (const { socket } of flood) socket.destroy();
      }
      await eventually('new connections are taken again', async () => {
        const next = open(gateway().port, HEALTH, from);
        await eventually('it is closed', () => next.closed);
        return next.received.startsWith('HTTP/1.1 200 ');
      });
    },
  );

  test('one token has so many requests under way, then it is told to come back; others are served', async () => {
    const { store, port, jobId } = gateway();
    const token = await openSession(store, ANN);
    const greedy = Object.assign(Object.create(gateway()) as GatewayUnderAttack, { token });
    const job = await store.jobs.find(jobId);
    const wait = `GET /web3/topicmaps/${job?.group}/jobs/${jobId}?wait=60 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    const held = Array.from({ length: TOKEN_REQUESTS }, () => open(port, wait));
    /** While the places fill, one of these may be told to come back in favour of what is asked below. */
    const holdAgain = () => {
      for (const [at, { received }] of held.entries()) if (received !== '') held[at] = open(port, wait);
    };
    const status = async (room: DocumentRoom) => (await ask(greedy, room.usual.build(greedy, 1_024))).status;
    const rooms = [WEB3_JSON, STARFISH_JSON, PYRAMID, PROTRAK];
    try {
      for (const room of rooms)
        await eventually(`${room.name} says 429`, async () => {
          holdAgain();
          return (await status(room)) === 429;
        });
      await expectRepelled(gateway(), {
        request: CLM.usual.build(greedy, 1_024),
        answer: { statuses: [500], text: /\[1\] SYSTEM_ERROR: more than 20/ },
        usual: CLM.usual,
      });
      const again = await expectRepelled(gateway(), {
        request: WEB3_JSON.usual.build(greedy, 1_024),
        answer: { statuses: [429], text: /^\{"Status":429,"Message":".*more than 20/ },
        usual: WEB3_JSON.usual,
      });
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
    const usual = await usualCost(gateway(), LIST, 1_024);
    const before = gateway().processorTime();
    const greedy = open(gateway().port, wait.repeat(PIPED));
    greedy.socket.pause();
    await gateway().bystander.isServed();
    greedy.socket.resume();
    await eventually('the connection is closed', () => greedy.closed);
    // Each is a usual request; of most no more than the bytes are read, if that.
    expectWithinBound((gateway().processorTime() - before) / PIPED / usual, 'times a request');
  });
}

const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

interface Held {
  readonly socket: Socket;
  received: string;
  closed: boolean;
}

/** On a connection from `localAddress`: all of 127.0.0.0/8 are this machine's. */
function open(port: number, text: string, localAddress = '127.0.0.1'): Held {
  const socket = connect({ host: '127.0.0.1', port, localAddress });
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

function closed(connections: readonly Held[]): number {
  return connections.filter((connection) => connection.closed).length;
}

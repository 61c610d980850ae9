import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { CLM_PATH, ClmClient, envelope, pageOf } from './clm-client.ts';
import { fillGroup } from './fill-group.ts';
import { SlowReader } from './slow-reader.ts';
import { storedJob } from './stored-job.ts';

/** 10 MB: more than sockets hold. */
const LONG_PAGE = pageOf('jobGroup', 'long', 0, 30_000);
/** On a busy machine two such answers take more than two seconds. */
const DRAIN_MS = 6_000;
const DRAIN = { JOBGATE_DRAIN_SECONDS: String(DRAIN_MS / 1_000), JOBGATE_LEASE_SECONDS: '15' };

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  describe.concurrent('SIGTERM', () => {
    test('lets a streamed answer end, gives the running job back at no cost, and frees the port', async () => {
      const url = await engine.url();
      const node = await nodes.serve(url, DRAIN);
      await fillGroup(engine, url, 'long', 5);
      const client = await new ClmClient(node.origin).login();
      const longerThanDrain = { targets: ['a', 'b'], args: ['60000'] };
      const jobId = await client.execute('walk', longerThanDrain);
      await eventually('the job runs', async () => (await client.job(jobId)).statusName === 'Running');
      const reader = new SlowReader(client, LONG_PAGE);
      await reader.begun();
      reader.pause();
      const kept = await keptConnection(client);

      const asked = performance.now();
      node.signal('SIGTERM');
      await eventually('it takes no new connections', async () => !(await accepts(node.port)));
      // Whoever still has a connection is told not to send more.
      kept.socket.write('GET /readyz HTTP/1.1\r\nHost: gateway\r\n\r\n');
      kept.socket.resume();
      reader.resume();
      expect(await kept.end).toMatch(/HTTP\/1\.1 503 Service Unavailable\r\n(?:.+\r\n)+\r\nstopping\n$/);
      expect(await reader.ended()).toMatchObject({ total: 100_000, inOrder: 30_000, whole: true });
      expect(await node.exited).toEqual({ code: 0, signal: null });
      // The drain, a second's grace for the program, and the way out: far less than the program would take.
      expect(performance.now() - asked).toBeLessThan(DRAIN_MS + 1_000 + 10_000);
      expect(await storedJob(engine, url, jobId)).toMatchObject({ state: 'queued', attempt: 1, losses: 0 });

      await nodes.serve(url, DRAIN);
      const again = await eventually(
        'the job runs again',
        async () => {
          const job = await storedJob(engine, url, jobId);
          return job.state === 'running' && job;
        },
        10_000,
      );
      expect(again).toMatchObject({ attempt: 2, losses: 0 });
    });

    test('given twice ends the node at once, and the job is left to its lease', async () => {
      const url = await engine.url();
      const node = await nodes.serve(url, { JOBGATE_DRAIN_SECONDS: '60' });
      const client = await new ClmClient(node.origin).login();
      const jobId = await client.execute('burn', { args: ['600'] });
      await eventually('the job runs', async () => (await client.job(jobId)).statusName === 'Running');
      node.signal('SIGTERM');
      await eventually('it takes no new connections', async () => !(await accepts(node.port)));
      expect(node.exit).toBeUndefined();

      const asked = performance.now();
      node.signal('SIGTERM');
      expect(await node.exited).toEqual({ code: null, signal: 'SIGTERM' });
      expect(performance.now() - asked).toBeLessThan(10_000);
      expect(await storedJob(engine, url, jobId)).toMatchObject({ state: 'running', attempt: 1 });
    });
  });
});

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A connection on which a long answer has begun and nobody reads; and the end of all that will have come on it. */
async function keptConnection(client: ClmClient) {
  const { port, hostname } = new URL(client.origin);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  const content = client.tokenElement + LONG_PAGE;
  const body = envelope('listPersistentIDStatusByGroup', content);
  socket.write(
    `POST ${CLM_PATH} HTTP/1.1\r\nHost: gateway\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  let end = '';
  socket.on('data', (text: string) => {
    end = (end + text).slice(-1_000);
  });
  await once(socket, 'data');
  socket.pause();
  return { socket, end: once(socket, 'close').then(() => end) };
}

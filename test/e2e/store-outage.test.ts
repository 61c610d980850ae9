import Sqlite from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { ADMIN_PASSWORD, type JobgateNode, jobgateNodes } from '../support/jobgate-node.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { ClmClient, loginContent, pageOf, pidStatus, textOf } from './clm-client.ts';
import { storedJob } from './stored-job.ts';

/** Longer than any caller should wait to be told that the store is away. */
const PROMPT_MS = 10_000;
const FAULT =
  /<faultcode>soap:Server\.userException<\/faultcode><faultstring>java\.rmi\.RemoteException: \[1\] SYSTEM_ERROR: the job store is not available at the moment<\/faultstring>/;
const RECORD = { jobId: 'outage-1', group: 'outage', id: 'one' };

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  const probe = async (node: JobgateNode, path: string) => (await fetch(`${node.origin}${path}`)).status;

  if (engine.name === 'mysql') {
    describe('while the database server cannot be reached', () => {
      let direct: string;
      let proxy: TcpProxy;
      let node: JobgateNode;
      let client: ClmClient;

      beforeAll(async () => {
        direct = await engine.url();
        const throughProxy = new URL(direct);
        proxy = new TcpProxy(Number(throughProxy.port || 3306));
        await proxy.mend();
        throughProxy.port = String(proxy.port);
        node = await nodes.serve(throughProxy.href);
        client = await new ClmClient(node.origin).login();
        return () => proxy.cut();
      });

      const unready = () =>
        eventually('the node is not ready', async () => (await probe(node, '/readyz')) === 503);
      const ready = () =>
        eventually('the node is ready', async () => (await probe(node, '/readyz')) === 200, 10_000);

      test('every request is told so promptly and nothing else; then all goes on without a restart', async () => {
        const recordId = await client.addRecord(RECORD);
        await proxy.cut();
        await unready();
        expect(await probe(node, '/healthz')).toBe(200);
        const answers = await Promise.all([
          client.send('login', loginContent('admin', ADMIN_PASSWORD)),
          client.send('asyncExecuteProgram', `${client.tokenElement}<programName>walk</programName>`),
          client.send('listAllAsyncOperationJobRecords', client.tokenElement),
          client.send('addPersistentIDStatus', client.tokenElement + pidStatus(RECORD)),
          client.send(
            'listPersistentIDStatusByGroup',
            client.tokenElement + pageOf('jobGroup', 'outage', 0, -1),
          ),
        ]);
        for (const { status, body, ms } of answers) {
          expect(status).toBe(500);
          expect(body).toMatch(FAULT);
          expect(ms).toBeLessThan(PROMPT_MS);
        }
        await proxy.mend();
        await ready();
        expect(await client.group('outage')).toMatchObject({ total: 1, records: [{ recordId, id: 'one' }] });
      });

      test('a job that was running ends once, with all its records', async () => {
        const targets = ['a', 'b', 'c', 'd'];
        const jobId = await client.execute('walk', { targets, args: ['250'] });
        await eventually('it runs', async () => (await client.records(jobId)).total > 0);
        await proxy.cut();
        await unready();
        await proxy.mend();
        await ready();
        await eventually(
          'it is complete',
          async () => (await client.job(jobId)).statusName === 'Complete',
          15_000,
        );
        const { attempt } = await storedJob(engine, direct, jobId);
        const ids = (await client.records(jobId)).records.map(({ id }) => id);
        expect(ids.slice(-4)).toEqual(targets);
        expect(ids.length).toBeLessThanOrEqual(4 * attempt);
        const ends = () =>
          node.log.filter(
            ({ msg, jobId: of, departure }) =>
              msg === 'job ended' && of === jobId && departure === 'completed',
          );
        // The worker logs the end after it has stored it.
        await eventually('the end is logged', () => ends().length > 0);
        expect(ends()).toHaveLength(1);
      });

      test('nothing that was acknowledged before or between two cuts is lost', async () => {
        const acknowledged: string[] = [];
        let goOn = true;
        const add = async (adder: number) => {
          for (let n = 0; goOn; n += 1) {
            const recordId = await client
              .addRecord({ jobId: `cut-${adder}`, group: 'cuts', id: `${adder}.${n}` })
              .catch(() => undefined);
            if (recordId !== undefined) acknowledged.push(recordId);
          }
        };
        const adders = Array.from({ length: 4 }, (_, adder) => add(adder));
        for (let cut = 0; cut < 3; cut += 1) {
          const before = acknowledged.length;
          await eventually('records are added', () => acknowledged.length > before + 50, 10_000);
          await proxy.cut();
          await unready();
          await proxy.mend();
        }
        goOn = false;
        await Promise.all(adders);
        await ready();
        const { total, records } = await client.group('cuts');
        expect(total).toBe(records.length);
        const stored = new Set(records.map(({ recordId }) => recordId));
        expect(stored.size).toBe(total);
        expect(acknowledged.filter((recordId) => !stored.has(recordId))).toEqual([]);
      });

      test('connections that the server has closed are replaced', async () => {
        const database = new URL(direct).pathname.slice(1);
        for (let time = 0; time < 3; time += 1) {
          // Its worker asks for jobs all the time: at some moments no connection is idle.
          const connections = await eventually('the node has an idle connection', async () => {
            const idle = await engine.query<{ id: number }>(
              direct,
              `SELECT id FROM information_schema.processlist WHERE db = '${database}' AND id <> CONNECTION_ID() AND command = 'Sleep'`,
            );
            return idle.length > 0 && idle;
          });
          for (const { id } of connections) await engine.query(direct, `KILL ${id}`).catch(() => {});
          // One that the node has not yet seen closing may still be tried.
          const ask = () => client.send('listAllAsyncOperationJobRecords', client.tokenElement);
          await eventually('the node answers', async () => (await ask()).status === 200);
        }
        expect((await client.group('outage')).total).toBe(1);
      });

      test('a server that falls silent makes the node not ready, and ready once it speaks', async () => {
        proxy.swallow();
        await unready();
        expect(await probe(node, '/healthz')).toBe(200);
        // What was swallowed is gone: as after a fail-over, the connections are not the server's any more.
        await proxy.cut();
        await proxy.mend();
        await ready();
        expect((await client.send('listAllAsyncOperationJobRecords', client.tokenElement)).status).toBe(200);
      });
    });
  } else {
    describe.concurrent('while another process locks the database file', () => {
      test('what reads is answered, what writes waits, jobs wait, and then all of it goes on', async () => {
        const url = await engine.url();
        const node = await nodes.serve(url);
        const client = await new ClmClient(node.origin).login();
        await client.addRecord(RECORD);
        const jobId = await client.execute('walk', { targets: ['a', 'b'], args: ['100'] });
        const other = new Sqlite(url.slice('sqlite:'.length));
        await eventually('the file is locked', () => {
          try {
            other.exec('BEGIN EXCLUSIVE');
            return true;
          } catch {
            return false;
          }
        });
        let written: string | undefined;
        const write = client.addRecord({ ...RECORD, id: 'two' }).then((recordId) => {
          written = recordId;
        });
        // A lost worker's lease would run out meanwhile.
        const lockedAt = performance.now();
        await eventually('the lock has outlasted a lease', async () => {
          const { status } = await client.send(
            'listPersistentIDStatusByGroup',
            client.tokenElement + pageOf('jobGroup', 'outage', 0, -1),
          );
          expect(status).toBe(200);
          return performance.now() - lockedAt > 1_500;
        });
        expect(written).toBeUndefined();
        other.exec('ROLLBACK');
        other.close();
        await write;
        expect((await client.group('outage')).records.map(({ id }) => id)).toEqual(['one', 'two']);
        await eventually(
          'the job is complete',
          async () => (await client.job(jobId)).statusName === 'Complete',
        );
        expect((await client.records(jobId)).records.slice(-2).map(({ id }) => id)).toEqual(['a', 'b']);
      });

      test('a write that has waited too long is a fault without internals, and the next one works', async () => {
        const url = await engine.url();
        const node = await nodes.serve(url, {}, '--no-worker');
        const client = await new ClmClient(node.origin).login();
        const other = new Sqlite(url.slice('sqlite:'.length));
        other.exec('BEGIN EXCLUSIVE');
        const { status, body } = await client.send(
          'addPersistentIDStatus',
          client.tokenElement + pidStatus(RECORD),
        );
        expect(status).toBe(500);
        expect(body).toMatch(FAULT);
        other.exec('ROLLBACK');
        other.close();
        expect(textOf(await client.call('addPersistentIDStatus', pidStatus(RECORD)), 'recordId')).not.toBe(
          '',
        );
      });
    });
  }
});

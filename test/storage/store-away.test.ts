import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { JobgateError } from '../../src/core/error.ts';
import { toStoreError } from '../../src/storage/database-error.ts';
import { openStore, type Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { itemsOf, sampleJob, sampleRecord } from './sample-job.ts';

const AWAY = { code: 'STORE_UNAVAILABLE' };

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

forEachEngine((engine) => {
  if (engine.name === 'mysql')
    describe('a MySQL server behind a line that breaks', () => {
      let proxy: TcpProxy;
      let store: Store;
      let url: string;
      beforeEach(async () => {
        url = await engine.url();
        const direct = new URL(url);
        proxy = new TcpProxy(Number(direct.port));
        await proxy.mend();
        const through = new URL(url);
        through.port = String(proxy.port);
        store = await engine.openStore(through.href);
      });
      afterEach(() => proxy.cut());

      test('is away while the line is cut, and back without a restart once it is mended', async () => {
        await store.ping();
        await proxy.cut();
        await expect(store.ping()).rejects.toMatchObject(AWAY);
        await expect(store.jobs.find('x')).rejects.toMatchObject(AWAY);
        await expect(store.jobs.insert(sampleJob())).rejects.toMatchObject(AWAY);
        await expect(store.records.add(sampleRecord(), 'foreign')).rejects.toMatchObject(AWAY);
        await proxy.mend();
        await store.ping();
        const job = sampleJob();
        await store.jobs.insert(job);
        expect(await store.jobs.find(job.id)).toBeDefined();
        await store.records.add(sampleRecord(), 'foreign');
      });

      test('answers a read whose connection breaks under it', async () => {
        const job = sampleJob();
        await store.jobs.insert(job);
        proxy.breakNext();
        expect(await store.jobs.find(job.id)).toBeDefined();
      });

      test('does not repeat a write whose connection breaks under it: it may have been done', async () => {
        const job = sampleJob();
        await store.jobs.insert(job);
        proxy.breakNext();
        await expect(store.jobs.setComment(job.id, 'x', 0)).rejects.toMatchObject(AWAY);
        expect(await store.jobs.setComment(job.id, 'x', 0)).toBe(true);
      });

      test('keeps whatever it acknowledged before the line broke under forty writers', async () => {
        const acknowledged: string[] = [];
        const writers = Array.from({ length: 40 }, async () => {
          for (let i = 0; i < 20; i++) {
            const { recordId } = await store.records.add(sampleRecord({ jobId: 'j', group: 'g' }), 'foreign');
            acknowledged.push(recordId);
            if (acknowledged.length === 200) await proxy.cut();
          }
        });
        for (const outcome of await Promise.allSettled(writers)) {
          if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(AWAY);
        }
        const direct = await engine.openStore(url);
        const { items } = await direct.records.pageByGroup('g', { offset: 0, max: 1_000 });
        const stored = new Set((await itemsOf(items)).map(({ recordId }) => recordId));
        expect(acknowledged.length).toBeGreaterThanOrEqual(200);
        expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
      });

      test('is found away within seconds when it answers nothing at all', async () => {
        await store.ping();
        proxy.swallow();
        const begun = performance.now();
        await expect(store.ping()).rejects.toMatchObject(AWAY);
        expect(performance.now() - begun).toBeLessThan(15_000);
      });
    });

  test('an error says nothing of the statement or its values', async () => {
    const store = await openStore({ url: await engine.url() });
    const secret = 'scrypt$hush';
    const error = (await failureOf(
      store.accounts.insert({ username: 'alice', role: 'user', passwordHash: secret, created: 1 }),
    )) as Error;
    await store.close();
    expect(error).toBeInstanceOf(Error);
    const all = JSON.stringify(
      Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name)]),
    );
    expect(all).not.toContain(secret);
  });
});

test.runIf(inject('mysqlUrl'))(
  'a wrong password makes the store unavailable and is never repeated',
  async () => {
    const url = new URL(inject('mysqlUrl') ?? '');
    url.username = 'nobody';
    url.password = 'hush-hush';
    url.pathname = '/none';
    const logged: unknown[] = [];
    const hear = (...said: unknown[]) => logged.push(said);
    const store = await openStore({ url: url.href, log: { warn: hear, debug: hear } });
    const error = await failureOf(store.ping());
    await store.close();
    expect(error).toBeInstanceOf(JobgateError);
    expect(error).toMatchObject(AWAY);
    const { message, stack, cause } = error as JobgateError;
    expect(message).not.toMatch(/nobody|127/);
    expect(JSON.stringify([message, stack, String(cause), JSON.stringify(cause), logged])).not.toContain(
      'hush',
    );
  },
);

test('a server that refuses connections makes the store unavailable, and no line of the log each time', async () => {
  const warned: unknown[] = [];
  const log = { warn: (...said: unknown[]) => warned.push(said), debug() {} };
  const store = await openStore({ url: 'mysql://root@127.0.0.1:1/none', log });
  await expect(store.ping()).rejects.toMatchObject(AWAY);
  expect(warned).toEqual([]);
  await expect(store.migrations.up()).rejects.toMatchObject(AWAY);
  await store.close();
});

test('a Galera node outside its cluster makes the store unavailable', () => {
  const said = Object.assign(new Error('WSREP has not yet prepared node for application use'), {
    code: 'ER_UNKNOWN_COM_ERROR',
    errno: 1047,
  });
  expect(toStoreError(said)).toMatchObject(AWAY);
});

test('a SQLite file that cannot be opened makes the store unavailable until it can', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jobgate-test-'));
  const store = await openStore({ url: `sqlite:${join(folder, 'later', 'jobs.db')}` });
  await expect(store.ping()).rejects.toMatchObject(AWAY);
  await mkdir(join(folder, 'later'));
  await store.ping();
  await store.close();
  await rm(folder, { recursive: true });
});

test.each([
  'postgres://u:hush@h/db',
  'mysql://u:hush@/db',
  'mysql://u:hush@host',
  'mysql://u:hu%ZZsh@host/db',
  'mysql://u:hush@host:99999/db',
  'sqlite:',
  '',
])('the database URL %s is refused without repeating it', async (url) => {
  const error = (await failureOf(openStore({ url }))) as Error;
  expect(error.message).toContain('database URL');
  expect(error.message).not.toMatch(/hush|hu%/);
});

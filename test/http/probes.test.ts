import { describe, expect, test } from 'vitest';
import { Readiness } from '../../src/http/readiness.ts';
import { remembered } from '../../src/http/remembered.ts';
import { gate, startGateway } from './gateway-under-test.ts';
import { send } from './raw-client.ts';

describe('/healthz', () => {
  test('says that the process is up, store or not', async () => {
    const { port } = await startGateway({ ping: () => Promise.reject(new Error('away')) });
    expect(await send(port, '/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
  });

  test('takes HEAD, and nothing but GET besides', async () => {
    const { port } = await startGateway();
    expect(await send(port, '/healthz', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    const refused = await send(port, '/healthz', { method: 'POST', body: 'x' });
    expect(refused).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });
});

describe('/readyz', () => {
  test('follows the store down and up again', async () => {
    let up = true;
    let now = 0;
    const ping = async () => {
      if (!up) throw new Error('connect ECONNREFUSED 10.0.0.1:3306');
    };
    const { port } = await startGateway({ ping, now: () => now });
    expect(await send(port, '/readyz')).toMatchObject({ status: 200, body: 'ok\n' });
    up = false;
    now += 1_000;
    expect(await send(port, '/readyz')).toMatchObject({ status: 503, body: 'the store is away\n' });
    up = true;
    now += 1_000;
    expect(await send(port, '/readyz')).toMatchObject({ status: 200 });
  });

  test('asks the store once a second, however often it is asked', async () => {
    let pings = 0;
    let now = 0;
    const ping = async () => {
      pings += 1;
    };
    const { port } = await startGateway({ ping, now: () => now });
    await Promise.all(Array.from({ length: 20 }, () => send(port, '/readyz')));
    now += 999;
    await send(port, '/readyz');
    expect(pings).toBe(1);
    now += 1;
    await send(port, '/readyz');
    expect(pings).toBe(2);
  });
});

describe('readiness', () => {
  test('does not wait for a store that hangs', async () => {
    const readiness = new Readiness(() => new Promise(() => {}), Date.now, { ttlMs: 0, timeoutMs: 20 });
    expect(await readiness.obstacle()).toBe('the store is away');
  });

  test('ends when a stop begins', async () => {
    const readiness = new Readiness(async () => {}, Date.now);
    expect(await readiness.obstacle()).toBeUndefined();
    readiness.stop();
    expect(await readiness.obstacle()).toBe('stopping');
  });
});

describe('a remembered question', () => {
  const limits = { ttlMs: 1_000, timeoutMs: 5_000 };

  test('is put once while the answer is awaited', async () => {
    const { opened, open } = gate();
    let asked = 0;
    const ask = remembered(
      async () => {
        asked += 1;
        await opened;
        return asked;
      },
      limits,
      () => 0,
    );
    const answers = [ask(), ask()];
    open();
    expect(await Promise.all(answers)).toEqual([1, 1]);
  });

  test('is put again after a failure has been remembered', async () => {
    let now = 0;
    let asked = 0;
    const ask = remembered(
      async () => {
        asked += 1;
        if (asked === 1) throw new Error('away');
        return 'here';
      },
      limits,
      () => now,
    );
    await expect(ask()).rejects.toThrow('away');
    await expect(ask()).rejects.toThrow('away');
    now += 1_000;
    expect(await ask()).toBe('here');
  });

  test('may throw at once', async () => {
    const ask = remembered(
      () => {
        throw new Error('away');
      },
      limits,
      () => 0,
    );
    await expect(ask()).rejects.toThrow('away');
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LoginThrottle } from '../../src/core/login-throttle.ts';
import { type Core, coreUnderTest } from './core-under-test.ts';

const HERE = '192.0.2.1';
const ELSEWHERE = '192.0.2.2';
const SECOND = 1_000;

let core: Core;
let throttle: LoginThrottle;

beforeEach(async () => {
  core = await coreUnderTest();
  throttle = new LoginThrottle(core.store.loginFailures, core.clock);
});

afterEach(() => core.close());

async function fail(times: number, username: string, address: string) {
  for (let time = 0; time < times; time += 1) await throttle.failed(username, address);
}

/** Seconds to wait as the caller is told; 0 = none. */
async function wait(username: string, address: string): Promise<number> {
  try {
    await throttle.check(username, address);
    return 0;
  } catch (error) {
    expect(error).toMatchObject({ code: 'LOGIN_THROTTLED' });
    const [, seconds] =
      /^too many failed log-ins; try again in (\d+) s$/.exec((error as Error).message) ?? [];
    return Number(seconds);
  }
}

describe('an account at an address', () => {
  test('may fail four times for nothing', async () => {
    await fail(4, 'ann', HERE);
    expect(await wait('ann', HERE)).toBe(0);
  });

  test('waits twice as long after each failure, up to 15 minutes', async () => {
    await fail(5, 'ann', HERE);
    const waits: number[] = [];
    for (let failure = 0; failure < 12; failure += 1) {
      waits.push(await wait('ann', HERE));
      await throttle.failed('ann', HERE);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  test('is let in again in the very millisecond in which the wait ends', async () => {
    await fail(7, 'ann', HERE);
    core.pass(4 * SECOND - 1);
    expect(await wait('ann', HERE)).toBe(1);
    core.pass(1);
    expect(await wait('ann', HERE)).toBe(0);
  });

  test('never waits more than 15 minutes, however often it failed', async () => {
    await fail(100, 'ann', HERE);
    expect(await wait('ann', HERE)).toBe(900);
    core.pass(900 * SECOND);
    expect(await wait('ann', HERE)).toBe(0);
  });

  test('is forgiven one failure every 15 minutes', async () => {
    await fail(10, 'ann', HERE);
    core.pass(3 * 900 * SECOND);
    await throttle.failed('ann', HERE);
    expect(await wait('ann', HERE)).toBe(8);
  });

  test('is forgiven nothing sooner', async () => {
    await fail(10, 'ann', HERE);
    core.pass(900 * SECOND - 1);
    await throttle.failed('ann', HERE);
    expect(await wait('ann', HERE)).toBe(64);
  });

  test('has a clean sheet after it succeeded', async () => {
    await fail(4, 'ann', HERE);
    await throttle.succeeded('ann', HERE);
    await fail(4, 'ann', HERE);
    expect(await wait('ann', HERE)).toBe(0);
  });

  test('cannot be locked out by an attacker elsewhere', async () => {
    await fail(200, 'ann', ELSEWHERE);
    expect(await wait('ann', ELSEWHERE)).toBe(900);
    expect(await wait('ann', HERE)).toBe(0);
  });

  test('does not make another account at the same address wait', async () => {
    await fail(10, 'ann', HERE);
    expect(await wait('bob', HERE)).toBe(0);
  });
});

describe('an address', () => {
  const failForMany = async (accounts: number, address: string) => {
    for (let account = 0; account < accounts; account += 1) await throttle.failed(`user${account}`, address);
  };

  test('may fail for 49 accounts', async () => {
    await failForMany(49, HERE);
    expect(await wait('ann', HERE)).toBe(0);
  });

  test('that fails for 50 accounts waits with every account, and others do not', async () => {
    await failForMany(50, HERE);
    expect(await wait('ann', HERE)).toBe(1);
    expect(await wait('ann', ELSEWHERE)).toBe(0);
  });

  test('of an office whose people mistype once a minute never waits', async () => {
    for (let minute = 0; minute < 120; minute += 1) {
      await throttle.failed(`user${minute}`, HERE);
      core.pass(60 * SECOND);
    }
    expect(await wait('ann', HERE)).toBe(0);
  });

  test('cannot clear its sheet by signing in to an account of its own', async () => {
    await failForMany(50, HERE);
    await throttle.succeeded('mallory', HERE);
    expect(await wait('ann', HERE)).toBe(1);
  });

  test.each([
    ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff'],
    ['2001:db8::1', '2001:db8:0:0:1::'],
    ['::1', '::2'],
  ])('of IPv6 is its whole /64: %s and %s are one', async (address, neighbour) => {
    await fail(5, 'ann', address);
    expect(await wait('ann', neighbour)).toBe(1);
  });

  test.each([
    ['2001:db8:0:1::1', '2001:db8:0:2::1'],
    ['2001:db8::1', '2001:db8:1::1'],
  ])('of IPv6 ends where the /64 ends: %s and %s are two', async (address, stranger) => {
    await fail(5, 'ann', address);
    expect(await wait('ann', stranger)).toBe(0);
  });
});

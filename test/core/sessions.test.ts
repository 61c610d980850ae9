import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LoginThrottle } from '../../src/core/login-throttle.ts';
import { hashPassword, UNKNOWN_USER_HASH } from '../../src/core/password.ts';
import type { RequestUnderWay } from '../../src/core/requests-under-way.ts';
import { type Login, type SessionSettings, Sessions } from '../../src/core/sessions.ts';
import { type Core, coreUnderTest, tokenHash } from './core-under-test.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SETTINGS: SessionSettings = { maxIdleMs: HOUR, maxAgeMs: 24 * HOUR, singleIn: ['clm'], maxRequests: 2 };
/** Over before it has begun: it holds nothing. */
const REQUEST: RequestUnderWay = { atEnd: (release) => release() };

let core: Core;
let sessions: Sessions;

beforeEach(async () => {
  core = await coreUnderTest();
  sessions = sessionsWith(SETTINGS);
  await core.addAccount('ann', 'secret');
});

afterEach(() => core.close());

function sessionsWith(settings: SessionSettings): Sessions {
  const { store, clock } = core;
  return new Sessions({
    sessions: store.sessions,
    accounts: store.accounts,
    throttle: new LoginThrottle(store.loginFailures, clock),
    clock,
    settings,
  });
}

function login(how: Partial<Login> = {}, at = sessions) {
  return at.login({
    username: 'ann',
    password: 'secret',
    address: '192.0.2.1',
    realm: 'clm',
    idleMs: 0,
    ...how,
  });
}

const coded = (code: string) => expect.objectContaining({ code });
const INVALID = coded('INVALID_TOKEN');
const EXPIRED = coded('TOKEN_EXPIRED');

describe('a log-in', () => {
  test('opens a session with a token of 256 bits, another one each time', async () => {
    const [one, two] = [await login(), await login()];
    expect(one.token).toMatch(/^[\w-]{43}$/);
    expect(two.token).not.toBe(one.token);
  });

  test('leaves no token in the store, only its hash', async () => {
    const { token } = await login();
    expect(await core.store.sessions.find(token)).toBeUndefined();
    expect(await core.store.sessions.find(tokenHash(token))).toMatchObject({ username: 'ann' });
  });

  test.each([
    ['as asked', 5 * MINUTE, 5 * MINUTE],
    ['no longer than configured', 48 * HOUR, HOUR],
    ['as configured when none is asked for', 0, HOUR],
    ['as configured when less than none is asked for', -MINUTE, HOUR],
  ])('grants an idle time %s', async (_, idleMs, granted) => {
    expect((await login({ idleMs })).idleMs).toBe(granted);
  });

  test.each([
    ['the password is wrong', { password: 'Secret' }],
    ['the password is empty', { password: '' }],
    ['the password is longer than any can be', { password: 'x'.repeat(1_000_000) }],
    ['the password has half a surrogate pair', { password: '\uD83D' }],
    ['the user is unknown', { username: 'nobody' }],
    ['the name is spelt in other case', { username: 'Ann' }],
    ['the name is no possible name', { username: 'ann:ann' }],
    ['the name has a space at the end', { username: 'ann ' }],
  ])('fails in the same words when %s', async (_, how) => {
    await expect(login(how)).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: 'the user name or the password is wrong',
    });
  });

  test('of a disabled account fails in the words of a wrong password, and counts as one', async () => {
    await core.store.accounts.disable('ann');
    for (let failures = 0; failures < 5; failures += 1) {
      await expect(login()).rejects.toMatchObject({
        code: 'LOGIN_FAILED',
        message: 'the user name or the password is wrong',
      });
    }
    await expect(login()).rejects.toThrow(coded('LOGIN_THROTTLED'));
    core.pass(HOUR);
    await core.store.accounts.enable('ann');
    expect(await login()).toMatchObject({ username: 'ann' });
  });

  test('fails where the password is changed while it is being verified', async () => {
    const { accounts } = core.store;
    const find = accounts.find.bind(accounts);
    vi.spyOn(accounts, 'find').mockImplementationOnce(async (username) => {
      const account = await find(username);
      await accounts.setPasswordHash(username, 'another');
      return account;
    });
    await expect(login()).rejects.toThrow(coded('LOGIN_FAILED'));
  });

  test('of an unknown user takes as long as one with a wrong password', async () => {
    const { store, clock } = core;
    await store.accounts.insert({
      username: 'slow',
      role: 'user',
      passwordHash: await hashPassword('secret'),
      created: clock(),
    });
    const costs = { slow: 0, nobody: 0, 'no:body': 0 };
    // In turns, so that whatever else this process does is shared among them. By its processor's time: the clock's is everybody's.
    for (let turn = 0; turn < 3; turn += 1) {
      for (const username of Object.keys(costs) as (keyof typeof costs)[]) {
        const before = process.cpuUsage();
        await expect(login({ username, password: 'wrong' })).rejects.toThrow(coded('LOGIN_FAILED'));
        const { user, system } = process.cpuUsage(before);
        costs[username] += user + system;
      }
    }
    for (const username of ['nobody', 'no:body'] as const) {
      const ratio = costs[username] / costs.slow;
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(2);
    }
  });

  test('of an unknown user is verified against a hash of the same cost', () => {
    const costOf = (hash: string) => hash.split('$').slice(0, 4);
    return expect(hashPassword('secret').then(costOf)).resolves.toEqual(costOf(UNKNOWN_USER_HASH));
  });
});

describe('a session', () => {
  test('has so many requests under way at once; when one ends there is room for another', async () => {
    const { token } = await login({ realm: 'pyramid' });
    const other = await login({ realm: 'pyramid' });
    const ends: (() => void)[] = [];
    const underWay: RequestUnderWay = { atEnd: (release) => void ends.push(release) };
    await sessions.authenticate(token, underWay);
    await sessions.authenticate(token, underWay);
    await expect(sessions.authenticate(token, underWay)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryAfterMs: 1_000,
    });
    expect(await sessions.authenticate(other.token, underWay)).toMatchObject({ username: 'ann' });
    ends[0]?.();
    expect(await sessions.authenticate(token, underWay)).toMatchObject({ username: 'ann' });
    await expect(sessions.authenticate(token, underWay)).rejects.toThrow(coded('TOO_MANY_REQUESTS'));
  });

  test.each<[string, () => Promise<unknown>]>([
    ['its account is disabled', () => core.store.accounts.disable('ann')],
    ['its account gets a new password', () => core.store.accounts.setPasswordHash('ann', 'another')],
  ])('ends at once when %s', async (_, change) => {
    const { token } = await login({ realm: 'pyramid' });
    await change();
    await expect(sessions.authenticate(token, REQUEST)).rejects.toThrow(INVALID);
  });
});

describe('a second log-in', () => {
  test('ends the first, in CLM', async () => {
    const first = await login();
    const second = await login();
    await expect(sessions.authenticate(first.token, REQUEST)).rejects.toThrow(INVALID);
    await expect(sessions.authenticate(second.token, REQUEST)).resolves.toMatchObject({ username: 'ann' });
  });

  test('leaves the first alone where it is so configured', async () => {
    const several = sessionsWith({ ...SETTINGS, singleIn: [] });
    const first = await login({}, several);
    await login({}, several);
    await expect(several.authenticate(first.token, REQUEST)).resolves.toMatchObject({ username: 'ann' });
  });

  test('of another user leaves the first alone', async () => {
    await core.addAccount('bob', 'secret');
    const first = await login();
    await login({ username: 'bob' });
    await expect(sessions.authenticate(first.token, REQUEST)).resolves.toMatchObject({ username: 'ann' });
  });

  test('that fails leaves the first alone', async () => {
    const first = await login();
    await expect(login({ password: 'wrong' })).rejects.toThrow(coded('LOGIN_FAILED'));
    await expect(sessions.authenticate(first.token, REQUEST)).resolves.toMatchObject({ username: 'ann' });
  });

  test('at the same moment leaves exactly one session', async () => {
    const opened = await Promise.all([1, 2, 3, 4, 5].map(() => login()));
    const answers = await Promise.allSettled(
      opened.map(({ token }) => sessions.authenticate(token, REQUEST)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('guessing', () => {
  test('is slowed down after five failures, even with the right password', async () => {
    for (let guess = 0; guess < 5; guess += 1) {
      await expect(login({ password: 'wrong' })).rejects.toThrow(coded('LOGIN_FAILED'));
    }
    await expect(login()).rejects.toThrow(coded('LOGIN_THROTTLED'));
    core.pass(1_000);
    await expect(login()).resolves.toMatchObject({ username: 'ann' });
  });

  test('in parallel gets no further than one after the other, but for the one under way', async () => {
    const guesses = await Promise.allSettled(
      Array.from({ length: 100 }, (_, guess) => login({ password: guess === 99 ? 'secret' : 'wrong' })),
    );
    const codes = guesses.map((guess) => (guess.status === 'rejected' ? guess.reason.code : 'in'));
    const tried = codes.filter((code) => code === 'LOGIN_FAILED').length;
    expect(tried).toBeGreaterThanOrEqual(5);
    expect(tried).toBeLessThanOrEqual(6);
    expect(codes.filter((code) => code === 'LOGIN_THROTTLED')).toHaveLength(100 - tried);
  });

  test('elsewhere does not keep the user out', async () => {
    for (let guess = 0; guess < 20; guess += 1) {
      await login({ password: 'wrong', address: '198.51.100.7' }).catch(() => {});
    }
    await expect(login({ address: '198.51.100.7' })).rejects.toThrow(coded('LOGIN_THROTTLED'));
    await expect(login()).resolves.toMatchObject({ username: 'ann' });
  });

  test('at a user that does not exist counts as well', async () => {
    const throttle = new LoginThrottle(core.store.loginFailures, core.clock);
    for (let guess = 0; guess < 4; guess += 1) await throttle.failed('no:body', '192.0.2.1');
    await expect(login({ username: 'no:body' })).rejects.toThrow(coded('LOGIN_FAILED'));
    await expect(login({ username: 'no:body' })).rejects.toThrow(coded('LOGIN_THROTTLED'));
  });

  test('is forgotten with the right password', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let guess = 0; guess < 4; guess += 1) await login({ password: 'wrong' }).catch(() => {});
      await expect(login()).resolves.toMatchObject({ username: 'ann' });
    }
  });
});

describe('when 202 log-ins are under way', () => {
  const throttled = (message: string) => expect.objectContaining({ code: 'LOGIN_THROTTLED', message });
  let underWay: Promise<unknown>[];
  let goOn: () => void;

  beforeEach(async () => {
    const { accounts } = core.store;
    const find = accounts.find.bind(accounts);
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    vi.spyOn(accounts, 'find').mockImplementation(async (username) => {
      await held;
      return find(username);
    });
    underWay = [];
    // One more than there is room for: its refusal says that the house is full.
    const refused = new Promise((resolve) => {
      for (let at = 0; at < 203; at += 1) {
        const opened = login({ address: `192.0.2.${at}` });
        underWay.push(opened);
        opened.catch(resolve);
      }
    });
    await refused;
  });

  afterEach(async () => {
    goOn();
    await Promise.allSettled(underWay);
  });

  test('one more is turned away', async () => {
    await expect(login()).rejects.toThrow(throttled('too many log-ins at once; try again in a moment'));
  });

  test('all of them come through', async () => {
    goOn();
    const answers = await Promise.allSettled(underWay);
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  test('an address that has to wait is told so, and takes nobody’s place', async () => {
    const throttle = new LoginThrottle(core.store.loginFailures, core.clock);
    for (let guess = 0; guess < 5; guess += 1) await throttle.failed('ann', '198.51.100.7');
    await expect(login({ address: '198.51.100.7' })).rejects.toThrow(
      throttled('too many failed log-ins; try again in 1 s'),
    );
  });
});

describe('a token', () => {
  test.each([
    ['role user', 'user'],
    ['role admin', 'admin'],
  ] as const)('speaks for its user, with the account’s %s', async (_, role) => {
    await core.addAccount('eve', 'secret', role);
    const { token } = await login({ username: 'eve' });
    expect(await sessions.authenticate(token, REQUEST)).toEqual({ username: 'eve', role });
  });

  test.each([
    ['empty', ''],
    ['never given', 'A'.repeat(43)],
    ['of other characters', 'é \0 \u{1F511}'],
    ['very long', 'x'.repeat(1_000_000)],
  ])('that is %s is invalid', async (_, token) => {
    await login();
    await expect(sessions.authenticate(token, REQUEST)).rejects.toThrow(INVALID);
  });

  test('cannot be replaced by its stored hash', async () => {
    const { token } = await login();
    await expect(sessions.authenticate(tokenHash(token), REQUEST)).rejects.toThrow(INVALID);
  });

  test('expires once its idle time, and a tenth of it in which a use may be unwritten, is over', async () => {
    const { token } = await login({ idleMs: 5 * MINUTE });
    core.pass(5.5 * MINUTE);
    await expect(sessions.authenticate(token, REQUEST)).rejects.toThrow(EXPIRED);
  });

  test('is good until the last millisecond of both', async () => {
    const { token } = await login({ idleMs: 5 * MINUTE });
    core.pass(5.5 * MINUTE - 1);
    await expect(sessions.authenticate(token, REQUEST)).resolves.toMatchObject({ username: 'ann' });
  });

  test('never ends within its idle time of a use that was too soon to be written', async () => {
    const { token } = await login({ idleMs: 5 * MINUTE });
    core.pass(0.5 * MINUTE - 1);
    await sessions.authenticate(token, REQUEST);
    core.pass(5 * MINUTE - 1);
    await expect(sessions.authenticate(token, REQUEST)).resolves.toMatchObject({ username: 'ann' });
  });

  test('stays good for as long as it is used', async () => {
    const { token } = await login({ idleMs: 5 * MINUTE });
    for (let use = 0; use < 10; use += 1) {
      core.pass(4 * MINUTE);
      await sessions.authenticate(token, REQUEST);
    }
  });

  test('expires at its greatest age however much it is used', async () => {
    const { token } = await login();
    for (let use = 0; use < 47; use += 1) {
      core.pass(30 * MINUTE);
      await sessions.authenticate(token, REQUEST);
    }
    core.pass(30 * MINUTE - 1);
    await sessions.authenticate(token, REQUEST);
    core.pass(1);
    await expect(sessions.authenticate(token, REQUEST)).rejects.toThrow(EXPIRED);
  });

  test('that was refused as expired is not brought back by that', async () => {
    const { token } = await login({ idleMs: 5 * MINUTE });
    core.pass(6 * MINUTE);
    for (let time = 0; time < 2; time += 1)
      await expect(sessions.authenticate(token, REQUEST)).rejects.toThrow(EXPIRED);
    await expect(sessions.logout(token, REQUEST)).rejects.toThrow(EXPIRED);
  });

  test('has its use written at most once a minute', async () => {
    const touch = vi.spyOn(core.store.sessions, 'touch');
    const { token } = await login();
    for (let second = 0; second < 180; second += 2) {
      core.pass(2_000);
      await sessions.authenticate(token, REQUEST);
    }
    expect(touch).toHaveBeenCalledTimes(3);
  });

  test('of a short idle time has its use written ten times in it', async () => {
    const { token } = await login({ idleMs: MINUTE });
    const used = async () => (await core.store.sessions.find(tokenHash(token)))?.lastUsed;
    const opened = core.clock();
    core.pass(5_999);
    await sessions.authenticate(token, REQUEST);
    expect(await used()).toBe(opened);
    core.pass(1);
    await sessions.authenticate(token, REQUEST);
    expect(await used()).toBe(opened + 6_000);
  });
});

describe('a log-out', () => {
  test('makes the token invalid, and can be done once', async () => {
    const { token } = await login();
    await sessions.logout(token, REQUEST);
    await expect(sessions.authenticate(token, REQUEST)).rejects.toThrow(INVALID);
    await expect(sessions.logout(token, REQUEST)).rejects.toThrow(INVALID);
  });

  test('ends that session alone', async () => {
    const several = sessionsWith({ ...SETTINGS, singleIn: [] });
    const [one, two] = [await login({}, several), await login({}, several)];
    await several.logout(one.token, REQUEST);
    await expect(several.authenticate(two.token, REQUEST)).resolves.toMatchObject({ username: 'ann' });
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LoginThrottle } from '../../src/core/login-throttle.ts';
import type { SignIn } from '../../src/core/remembered-sign-ins.ts';
import type { RequestUnderWay } from '../../src/core/requests-under-way.ts';
import { Sessions } from '../../src/core/sessions.ts';
import { cheapAccount } from '../support/cheap-account.ts';
import { type Core, coreUnderTest } from './core-under-test.ts';

/** Over before it has begun: it holds nothing. */
const REQUEST: RequestUnderWay = { atEnd: (release) => release() };

const ANN: SignIn = { username: 'ann', password: 'secret', address: '192.0.2.1' };
const FAILED = expect.objectContaining({
  code: 'LOGIN_FAILED',
  message: 'the user name or the password is wrong',
});
const THROTTLED = expect.objectContaining({ code: 'LOGIN_THROTTLED' });

let core: Core;
let sessions: Sessions;

beforeEach(async () => {
  core = await coreUnderTest();
  const { store, clock } = core;
  sessions = new Sessions({
    sessions: store.sessions,
    accounts: store.accounts,
    throttle: new LoginThrottle(store.loginFailures, clock),
    clock,
    settings: { maxIdleMs: 60_000, maxAgeMs: 60_000, singleIn: ['clm'], maxRequests: 2 },
  });
  await core.addAccount('ann', 'secret', 'admin');
});

afterEach(() => core.close());

async function changePassword(password: string) {
  await core.store.accounts.setPasswordHash('ann', cheapAccount('ann', password).passwordHash);
}

describe('a password sent with each request', () => {
  test('speaks for its account, whose role it tells', async () => {
    expect(await sessions.authenticateBasic(ANN, REQUEST)).toEqual({ username: 'ann', role: 'admin' });
  });

  test('leaves a log-in elsewhere as it is, also in CLM, where a second one ends the first', async () => {
    const { token } = await sessions.login({ ...ANN, realm: 'clm', idleMs: 0 });
    await sessions.authenticateBasic(ANN, REQUEST);
    expect(await sessions.authenticate(token, REQUEST)).toMatchObject({ username: 'ann' });
  });

  test.each([
    ['the password is wrong', { password: 'Secret' }],
    ['the password is empty', { password: '' }],
    ['the user is unknown', { username: 'nobody' }],
    ['there is no user name', { username: '' }],
  ])('is refused in the words of a log-in when %s, also right after the right one', async (_, how) => {
    await expect(sessions.authenticateBasic({ ...ANN, ...how }, REQUEST)).rejects.toThrow(FAILED);
    await sessions.authenticateBasic(ANN, REQUEST);
    await expect(sessions.authenticateBasic({ ...ANN, ...how }, REQUEST)).rejects.toThrow(FAILED);
  });

  test('is verified once a minute, so a change of it may take as long to be seen', async () => {
    await sessions.authenticateBasic(ANN, REQUEST);
    await changePassword('changed');
    core.pass(59_999);
    await sessions.authenticateBasic(ANN, REQUEST);
    core.pass(1);
    await expect(sessions.authenticateBasic(ANN, REQUEST)).rejects.toThrow(FAILED);
    await sessions.authenticateBasic({ ...ANN, password: 'changed' }, REQUEST);
  });

  test('is not verified again for having been used within the minute', async () => {
    await sessions.authenticateBasic(ANN, REQUEST);
    core.pass(40_000);
    await sessions.authenticateBasic(ANN, REQUEST);
    await core.addAccount('root', 'secret', 'admin');
    await core.store.accounts.disable('ann');
    core.pass(20_000);
    await expect(sessions.authenticateBasic(ANN, REQUEST)).rejects.toThrow(FAILED);
  });

  test('is verified again when it comes from another address', async () => {
    await sessions.authenticateBasic(ANN, REQUEST);
    await changePassword('changed');
    await expect(sessions.authenticateBasic({ ...ANN, address: '192.0.2.2' }, REQUEST)).rejects.toThrow(
      FAILED,
    );
  });

  test('is verified once for fifty requests that come at once', async () => {
    const find = vi.spyOn(core.store.accounts, 'find');
    await Promise.all(Array.from({ length: 50 }, () => sessions.authenticateBasic(ANN, REQUEST)));
    // Two verify side by side.
    expect(find.mock.calls.length).toBeLessThanOrEqual(2);
  });

  test('is one of a thousand that are remembered, the last ones', async () => {
    for (const index of Array.from({ length: 1_001 }, (_, at) => at)) {
      await sessions.authenticateBasic({ ...ANN, address: `192.0.${index >> 8}.${index & 255}` }, REQUEST);
    }
    await changePassword('changed');
    await sessions.authenticateBasic({ ...ANN, address: '192.0.0.1' }, REQUEST);
    await expect(sessions.authenticateBasic({ ...ANN, address: '192.0.0.0' }, REQUEST)).rejects.toThrow(
      FAILED,
    );
  });
});

describe('guesses sent with each request', () => {
  const guess = (password: string, address = ANN.address) =>
    sessions.authenticateBasic({ ...ANN, password, address }, REQUEST);

  test('are throttled as log-ins are, and together with them', async () => {
    await expect(guess('wrong')).rejects.toThrow(FAILED);
    for (let failures = 1; failures < 5; failures += 2) {
      await expect(guess('wrong')).rejects.toThrow(FAILED);
      await expect(
        sessions.login({ ...ANN, password: 'wrong', realm: 'starfish', idleMs: 0 }),
      ).rejects.toThrow(FAILED);
    }
    await expect(guess('wrong')).rejects.toThrow(THROTTLED);
    await expect(sessions.login({ ...ANN, realm: 'starfish', idleMs: 0 })).rejects.toThrow(THROTTLED);
  });

  test('are not told which is right while they are throttled, though it is remembered', async () => {
    await guess('secret');
    for (let failures = 0; failures < 5; failures += 1) await expect(guess('wrong')).rejects.toThrow(FAILED);
    await expect(guess('secret')).rejects.toThrow(THROTTLED);
    expect(await guess('secret', '192.0.2.2')).toMatchObject({ username: 'ann' });
  });
});

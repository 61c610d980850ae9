import assert from 'node:assert/strict';
import type { Cases } from './case.ts';
import type { Status } from './clm-client.ts';

export const SESSION_CASES: Cases = {
  async login(clm) {
    const { token, ...rest } = clm.token;
    assert.ok(token.length >= 43, token);
    assert.deepEqual(rest, { username: clm.user, timeout: 30, sslEnabled: false });
  },

  async 'second-login'(clm) {
    const first = clm.token;
    clm.token = await clm.login(clm.password);
    assert.equal((await clm.call<Status>('logout', { token: first })).errorCode, 10);
    assert.equal((await clm.page('page-one', 0, 1)).status.errorCode, 0);
  },

  async logout(clm) {
    assert.equal((await clm.call<Status>('logout')).errorCode, 0);
    assert.equal((await clm.call<Status>('logout')).errorCode, 10);
  },
};

import assert from 'node:assert/strict';
import type { Cases } from './case.ts';
import type { Status } from './clm-client.ts';
import { fault } from './expect.ts';

const token = { token: 'never-given' };

export const ERROR_CASES: Cases = {
  async 'bad-token'(clm) {
    const status = await clm.call<Status>('killAsyncOperation', { token, job_id: 'x' });
    assert.equal(status.errorCode, 10);
    assert.match(status.errorMessage ?? '', /^INVALID_TOKEN: /);
  },

  async 'fault-bad-token'(clm) {
    const call = () => clm.call('getAsyncOperationJobRecords', { token, job_id: 'x' });
    await fault(clm, 'Server.userException', '[10] INVALID_TOKEN', call);
  },

  async 'fault-wrong-password'(clm) {
    await fault(clm, 'Server.userException', '[12] LOGIN_FAILED', () => clm.login('wrong'));
  },

  async 'fault-unknown-program'(clm) {
    await fault(clm, 'Server.userException', '[23] PROGRAM_NOT_FOUND', () => clm.start('no-such-program'));
  },

  async 'fault-wrong-type'(clm) {
    clm.spoil = (request) => request.replace(/(<max>)[^<]*/, '$1many');
    await fault(clm, 'Client', 'pageinfo/max', () => clm.page('page-one', 0, 1));
  },
};

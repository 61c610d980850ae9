import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import type { Cases } from './case.ts';
import { type ArrayOf, type ClmClient, type Job, PATIENCE_MS, type Status } from './clm-client.ts';
import { items } from './expect.ts';

const FOREVER = '600000';

interface JobList extends Status {
  readonly items: ArrayOf<{ readonly clmJob: Job }>;
}

interface Progress extends Status {
  readonly overallPercentage: number;
  readonly targetIds: ArrayOf<string>;
  readonly progress: ArrayOf<number>;
}

export const JOB_CASES: Cases = {
  async start(clm) {
    const group = clm.group('start');
    const id = await clm.start('walk', ['a', 'b', 'c'], ['0'], group);
    const job = await clm.job(id);
    assert.deepEqual(
      [job?.jobId, job?.jobGroup, job?.operation, job?.username],
      [id, group, 'walk', clm.user],
    );
  },

  async 'start-without-group'(clm) {
    const id = await clm.start('walk');
    assert.equal((await clm.job(id))?.jobGroup, id);
  },

  async watch(clm) {
    const targets = ['one', 'two', 'three'];
    const taskID = await clm.start('walk', targets, ['40']);
    const seen: number[] = [];
    const ended = async () => {
      const status = await clm.call<Progress>('getAsyncOperationStatus', { taskID });
      if (status.errorCode === 0) {
        assert.deepEqual(items(status.targetIds), targets);
        assert.equal(items(status.progress).length, 3);
        seen.push(status.overallPercentage);
      }
      return status.errorCode === 20;
    };
    await eventually('the job is not found any more', ended, PATIENCE_MS);
    assert.ok(seen.length > 0);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
      'progress only grows',
    );
    const job = await clm.job(taskID);
    assert.deepEqual([job?.status, job?.statusName, job?.overallPercentage], [2, 'Complete', 100]);
    assert.ok(job?.completed instanceof Date);
  },

  async 'failed-job'(clm) {
    const id = await clm.start('fail', [], ['the disk is full']);
    assert.equal((await clm.untilStatus(id, 'Failed')).errorMessage, 'the disk is full');
  },

  async kill(clm) {
    const id = await clm.start('walk', ['a'], [FOREVER]);
    await clm.untilStatus(id, 'Running');
    assert.equal((await clm.kill(id)).errorCode, 0);
    assert.equal((await clm.untilStatus(id, 'Killed')).status, 4);
    assert.equal((await clm.kill(id)).errorCode, 22);
  },

  async 'null-job'(clm) {
    assert.equal(await clm.job('no-such-job'), undefined);
  },

  async 'list-running'(clm) {
    const ended = await clm.start('fail');
    const running = await clm.start('walk', ['a'], [FOREVER]);
    await clm.untilStatus(ended, 'Failed');
    await clm.untilStatus(running, 'Running');
    const answer = await clm.call<JobList>('listRunningAsyncOperationJobRecords', {
      include_all_user: false,
    });
    await clm.kill(running);
    assert.deepEqual(
      items(answer.items).map(({ clmJob }) => clmJob.jobId),
      [running],
    );
  },

  async 'list-all'(clm) {
    const id = await clm.start('fail');
    await clm.untilStatus(id, 'Failed');
    const answer = await clm.call<JobList>('listAllAsyncOperationJobRecords', { include_all_user: false });
    assert.equal(answer.errorCode, 0);
    const jobs = items(answer.items).map(({ clmJob }) => clmJob);
    assert.ok(jobs.some(({ jobId }) => jobId === id));
    assert.deepEqual([...new Set(jobs.map(({ username }) => username))], [clm.user]);
  },

  async 'all-users-refused'(clm) {
    const answer = await clm.call<JobList>('listAllAsyncOperationJobRecords', { include_all_user: true });
    assert.equal(answer.errorCode, 13);
    assert.deepEqual(items(answer.items), []);
  },

  async comment(clm) {
    assert.equal(await setComment(clm, await clm.start('fail'), 'ask José'), 'ask José');
  },

  async 'comment-cleared'(clm) {
    const id = await clm.start('fail');
    await setComment(clm, id, 'soon gone');
    assert.equal(await setComment(clm, id, null), undefined);
  },

  async delete(clm) {
    const group = clm.group('delete');
    const ended = await clm.start('walk', ['a'], ['0'], group);
    const running = await clm.start('walk', ['a'], [FOREVER]);
    await clm.untilStatus(ended, 'Complete');
    assert.equal((await clm.page(group, 0, -1)).total, 1);
    const answer = await clm.call<Status & { items: ArrayOf<Status & { id: string }> }>(
      'deleteAsyncOperationJobRecords',
      { job_ids: { item: [ended, running, 'no-such-job'] } },
    );
    await clm.kill(running);
    assert.equal(answer.errorCode, 0);
    assert.deepEqual(
      items(answer.items).map(({ id, errorCode }) => [id, errorCode]),
      [
        [ended, 0],
        [running, 21],
        ['no-such-job', 20],
      ],
    );
    assert.equal(await clm.job(ended), undefined);
    assert.equal((await clm.page(group, 0, -1)).total, 0);
  },
};

async function setComment(clm: ClmClient, job_id: string, comment: string | null) {
  const status = await clm.call<Status>('setAsyncOperationJobComment', { job_id, comment });
  assert.equal(status.errorCode, 0);
  return (await clm.job(job_id))?.comment;
}

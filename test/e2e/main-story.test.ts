import { type Client, createClientAsync } from 'soap';
import { beforeAll, describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { ADMIN_PASSWORD, jobgateNodes } from '../support/jobgate-node.ts';
import { CLM_PATH } from './clm-client.ts';

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  let client: Client;

  beforeAll(async () => {
    const gateway = await nodes.serve(await engine.url());
    client = await createClientAsync(`${gateway.origin}${CLM_PATH}?wsdl`);
  });

  /** Calls as generated stubs do; answers the return element. */
  const call = async (operation: string, args: object) => {
    const [answer] = await client[`${operation}Async`](args);
    return answer?.[`${operation}Result`];
  };

  describe('a SOAP client of the retired server', () => {
    test('logs in, starts a job, watches it, pages through its records, kills another, deletes both, logs out', async () => {
      const login = {
        user: 'admin',
        password: ADMIN_PASSWORD,
        server_host: 'old',
        port: 1099,
        idle_timeout: 30,
      };
      const token = await call('login', { ...login, eula: { accepted: true } });
      expect(token).toMatchObject({ username: 'admin', timeout: 30, sslEnabled: false });

      const targets = ['switch-1', 'switch-2', 'switch-3', 'switch-4', 'switch-5'];
      const walk = { token, jobGroup: 'story', programName: 'walk', targetIds: { item: targets } };
      const jobId = await call('asyncExecuteProgram', { ...walk, arguments: { item: ['120'] } });
      const percentages = await watch(token, jobId);
      expect(percentages).toEqual([...percentages].sort((a, b) => a - b));
      expect(new Set(percentages).size).toBeGreaterThan(2);

      const job = await call('getAsyncOperationJobRecords', { token, job_id: jobId });
      expect(job).toMatchObject({
        ...{ jobId, jobGroup: 'story', operation: 'walk', username: 'admin' },
        ...{ status: 2, statusName: 'Complete', overallPercentage: 100 },
      });
      expect(job.completed.getTime()).toBeGreaterThanOrEqual(job.created.getTime());

      const seen: string[] = [];
      for (let offset = 0; ; offset += 2) {
        const pageinfo = { offset, max: 2 };
        const page = await call('listPersistentIDStatusByGroup', { token, jobGroup: 'story', pageinfo });
        expect(page).toMatchObject({ status: { errorCode: 0 }, pagination: pageinfo, total: 5 });
        if (page.items === null) break;
        seen.push(...[page.items.item].flat().map(({ id }: { id: string }) => id));
      }
      expect(seen).toEqual(targets);

      const burn = { token, programName: 'burn', targetIds: {}, arguments: { item: ['30'] } };
      const burning = await call('asyncExecuteProgram', burn);
      await until(token, burning, 'Running');
      expect(
        await call('setAsyncOperationJobComment', { token, job_id: burning, comment: 'too hot' }),
      ).toMatchObject({ errorCode: 0 });
      expect((await call('killAsyncOperation', { token, job_id: burning })).errorCode).toBe(0);
      expect(await until(token, burning, 'Killed')).toMatchObject({ comment: 'too hot', jobGroup: burning });

      const deleted = await call('deleteAsyncOperationJobRecords', {
        token,
        job_ids: { item: [jobId, 'never-was', burning] },
      });
      expect(deleted.errorCode).toBe(0);
      expect(deleted.items.item.map(({ errorCode }: { errorCode: number }) => errorCode)).toEqual([0, 20, 0]);
      expect(await call('getAsyncOperationJobRecords', { token, job_id: jobId })).toBeUndefined();

      expect((await call('logout', { token })).errorCode).toBe(0);
      expect(
        (await call('listAllAsyncOperationJobRecords', { token, include_all_user: true })).errorCode,
      ).toBe(10);
    });

    test('is told by a fault what went wrong where an answer has no place for it', async () => {
      await expect(
        call('login', { user: 'admin', password: 'a guess', port: 0, idle_timeout: 0 }),
      ).rejects.toThrow(
        'soap:Server.userException: java.rmi.RemoteException: [12] LOGIN_FAILED: the user name or the password is wrong',
      );
    });
  });

  /** Every percentage seen until the job's entry is gone from the unfinished ones. */
  async function watch(token: object, jobId: string): Promise<number[]> {
    const percentages: number[] = [];
    await eventually('the job has ended', async () => {
      const status = await call('getAsyncOperationStatus', { token, taskID: jobId });
      if (status.errorCode === 20) return true;
      expect(status.targetIds.item).toHaveLength(5);
      percentages.push(status.overallPercentage);
      return false;
    });
    return percentages;
  }

  function until(token: object, jobId: string, statusName: string) {
    return eventually(`the job is ${statusName}`, async () => {
      const job = await call('getAsyncOperationJobRecords', { token, job_id: jobId });
      return job.statusName === statusName && job;
    });
  }
});

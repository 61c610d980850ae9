// A program of somebody who has jobgate as a package: it knows nothing of this checkout. Compiled against
// the package's declarations and run by client-package.test.ts.
import {
  type AsyncJob,
  type FinishedAsyncJob,
  type Json,
  type NewAsyncJob,
  ProtrakClient,
  ProtrakError,
  type WaitOptions,
} from 'jobgate/client';

declare const process: { argv: string[] };
declare const console: { log(text: string): void };

const [, , url = '', password = ''] = process.argv;
const client = new ProtrakClient({ url });
const token: string = await client.login('ann', password);
const again = new ProtrakClient({ url, token: async () => token });

/** The source's loop: the state says which members there are. */
async function waitForJob(id: string, options: WaitOptions): Promise<Json[]> {
  const signal = AbortSignal.timeout(10_000);
  const job: FinishedAsyncJob = await client.waitForJob(id, { ...options, signal });
  switch (job.status) {
    case 'Completed':
      return [job.status, job.programExecutionInfo.result];
    case 'Failed':
      return [job.status, job.errorMessage];
    case 'Abandoned':
      return [job.status];
  }
}

const job: NewAsyncJob = {
  type: 'ExecuteCommonProgram',
  programExecutionInfo: { programName: 'DataMigrationProgram', arguments: ['sourceId', 'targetId', 100] },
};
const created: string = await client.createAsyncJob(job);
const failing: string = await client.executeCommonProgramAsAsyncJob('fail', ['no such table']);
const outcomes = [await waitForJob(created, { pollMs: 20 }), await waitForJob(failing, { waitSeconds: 10 })];

await client.updateAsyncJob(created);
const read: AsyncJob = await client.getAsyncJob(created);
const ran: Json = await client.executeCommonProgram('echo', { rows: 7 });
const listed: AsyncJob[] = await again.listAsyncJobs({ take: 3 });
const refused: unknown = await client
  .getAsyncJob('9f147952-8c01-5985-99af-bdf3728706ee')
  .catch((error) => error);

// @ts-expect-error A job has no result before it is known to have completed.
read.programExecutionInfo.result;
// @ts-expect-error Only common programs can be executed.
const wrongType: NewAsyncJob = { ...job, type: 'BulkImport' };
// @ts-expect-error Arguments are JSON.
const wrongArguments = () => client.executeCommonProgramAsAsyncJob('echo', [new Map()]);
// @ts-expect-error What it answers is no object yet.
const wrongAnswer: AsyncJob = created;

console.log(
  JSON.stringify({
    outcomes,
    isRead: read.isRead,
    ran,
    listed: listed.map(({ programExecutionInfo }) => programExecutionInfo.programName),
    refused: refused instanceof ProtrakError && [refused.status, refused.code],
    unused: [wrongType, wrongArguments, wrongAnswer].length,
  }),
);

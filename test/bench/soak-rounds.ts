import { CLM_PATH, element, envelope, pageOf, pidStatus, textOf } from '../e2e/clm-client.ts';
import type { SoakClient } from './soak-client.ts';

/** A client's day in each room: reads, writes, a job from its start to its end, and what such clients get wrong. */
export type Round = (client: SoakClient, token: string, number: number) => Promise<void>;

const JSON_TYPE = { 'Content-Type': 'application/json' };
const GROUPS = 50;

export const ROUNDS: readonly Round[] = [clm, web3, starfish, pyramid, protrak, operators];

async function clm(client: SoakClient, token: string, number: number): Promise<void> {
  const call = async (operation: string, inner: string) =>
    (
      await client.ask(CLM_PATH, {
        headers: { 'Content-Type': 'text/xml' },
        body: envelope(operation, inner),
      })
    ).body;
  const mine = `<token><token>${token}</token></token>`;
  const group = `soak ${number % GROUPS}`;
  const id = textOf(
    await call(
      'asyncExecuteProgram',
      `${mine}${element('jobGroup', group)}<programName>walk</programName><targetIds><item>a</item></targetIds><arguments><item>0</item></arguments>`,
    ),
    'asyncExecuteProgramResult',
  );
  await call('getAsyncOperationStatus', mine + element('taskID', id));
  await call('addPersistentIDStatus', mine + pidStatus({ jobId: id, group, id: 'b', errorMessage: 'é & <' }));
  await call('listPersistentIDStatus', mine + pageOf('id', id, 0, 20));
  await call('listPersistentIDStatusByGroup', mine + pageOf('jobGroup', group, 0, 20));
  await call('getAsyncOperationStatus', '<token><token>nobody</token></token><taskID>1</taskID>');
  await call('killAsyncOperation', `${mine}<unknown/>`);
  await client.ask(CLM_PATH, { headers: { 'Content-Type': 'text/xml' }, body: '<no xml' });
  await ended(client, token, id);
  await call('deleteAsyncOperationJobRecords', `${mine}<job_ids>${element('item', id)}</job_ids>`);
}

async function web3(client: SoakClient, token: string, number: number): Promise<void> {
  const headers = { ...JSON_TYPE, Authorization: `Bearer ${token}` };
  const jobs = `/web3/topicmaps/soak${number % GROUPS}/jobs`;
  const body = '{"JobType":3,"Status":0,"Parameters":"Rows=2;Name=a\\\\;b"}';
  const created = await client.ask(jobs, { headers, body });
  const id = JSON.parse(created.body).Id as string;
  await client.ask(`${jobs}/${id}`, { headers: { ...headers, Accept: 'application/xml' } });
  await client.ask(`${jobs}?take=5`, { headers: { ...headers, Accept: 'text/html' } });
  await client.ask(`${jobs}/${id}/data`, {
    headers: { ...headers, 'Content-Type': 'text/csv' },
    body: 'a,b\n'.repeat(2_000),
  });
  await client.ask(`${jobs}/${id}`, {
    headers,
    method: 'PUT',
    body: body.replace('"Status":0', '"Status":1'),
  });
  await client.ask(`${jobs}/${id}?wait=5`, { headers });
  await client.ask(`${jobs}/${id}/data`, { headers });
  await client.ask(`${jobs}/nothing`, { headers });
  await client.ask(jobs, { headers, body: '{"JobType":9' });
  await client.ask(jobs, {});
  await remove(client, token, id);
}

async function starfish(client: SoakClient, token: string, number: number): Promise<void> {
  const headers = { ...JSON_TYPE, Authorization: `Bearer ${token}` };
  const runID = `soak-${number}`;
  const body = JSON.stringify({ runID, projectID: 'sample', jobID: 'walk', argument: '0', endAfterRow: '2' });
  await client.ask('/v1/ExecuteJob', { headers, body });
  await client.ask('/v1/ExecuteJobAsync', { headers, body });
  await client.ask(`/v1/Results/${runID}`, { headers });
  await client.ask(`/v1/Results/${runID}`, { headers: { ...headers, Accept: 'application/xml' } });
  await client.ask('/v1/ExecuteJobAsync', { headers, body: '{"runID":1' });
  await client.ask('/v1/ExecuteJobAsync', { headers, body: '{"loggingLevel":"x"}' });
  await client.ask('/v1/Results/x', {});
}

async function pyramid(client: SoakClient, token: string): Promise<void> {
  const headers = { ...JSON_TYPE, paToken: token };
  const ask = (method: string, body: unknown) =>
    client.ask(`/API3/tasks/${method}`, { headers, body: JSON.stringify(body) });
  const search = { searchValue: 'My Demo', searchMatchType: 0 };
  const [schedule] = JSON.parse(
    (await ask('findSchedule', { searchCriteria: search, scheduleType: 1 })).body,
  );
  const { scheduleId } = schedule as { scheduleId: string };
  const execution = JSON.parse((await ask('runSchedule', { scheduleId, checkTriggers: false })).body);
  await ask('getScheduleExecutionStatus', execution);
  const tasks = JSON.parse((await ask('getTasksIds', execution)).body) as { id: string }[];
  for (const { id } of tasks) {
    await ask('getTaskData', id);
    await ended(client, token, id);
  }
  await ask('getTasks', execution);
  await ask('getTaskData', 'nothing');
  await ask('noSuchMethod', {});
  await client.ask('/API3/tasks/getTasks', { headers: { ...headers, paToken: 'nobody' }, body: '""' });
  for (const { id } of tasks) await remove(client, token, id);
}

async function protrak(client: SoakClient, token: string): Promise<void> {
  const headers = { ...JSON_TYPE, Authorization: `Bearer ${token}` };
  const body = JSON.stringify({
    type: 'ExecuteCommonProgram',
    programExecutionInfo: { programName: 'walk', arguments: ['0', { a: [1, 2] }] },
  });
  const id: string = JSON.parse((await client.ask('/protrak/api/asyncJobs', { headers, body })).body);
  await client.ask(`/protrak/api/asyncJobs/${id}`, { headers });
  await client.ask('/protrak/api/asyncJobs?take=5', { headers });
  await client.ask('/protrak/api/programs/walk/executeCommonProgram', { headers, body: '"0"' });
  await client.ask('/protrak/api/asyncJobs', { headers, body: '{"type":"Other"}' });
  await client.ask('/protrak/api/asyncJobs/nothing', { headers });
  await ended(client, token, id);
  await client.ask(`/protrak/api/asyncJobs/${id}`, { headers, method: 'PUT' });
  await remove(client, token, id);
}

async function operators(client: SoakClient): Promise<void> {
  for (const path of [
    '/healthz',
    '/readyz',
    `${CLM_PATH}?wsdl`,
    '/openapi.json',
    '/nothing',
    '/web3/nothing',
  ]) {
    await client.ask(path);
  }
}

async function ended(client: SoakClient, token: string, id: string): Promise<void> {
  await client.ask(`/protrak/api/asyncJobs/${id}?wait=20`, { headers: { Authorization: `Bearer ${token}` } });
}

/** Jobs that are not taken away would make the store larger, and with it what SQLite keeps of it. */
async function remove(client: SoakClient, token: string, id: string): Promise<void> {
  const inner = `<token><token>${token}</token></token><job_ids>${element('item', id)}</job_ids>`;
  const body = envelope('deleteAsyncOperationJobRecords', inner);
  await client.ask(CLM_PATH, { headers: { 'Content-Type': 'text/xml' }, body });
}

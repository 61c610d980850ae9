import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClientAsync } from 'soap';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

// The main job from end to end, as a SOAP client of the retired server would do it. The gateway
// runs in this process, on a store of its own that is thrown away.

const folder = await mkdtemp(join(tmpdir(), 'jobgate-demo-'));
const app = await createApp(
  loadConfig({
    JOBGATE_PORT: '0',
    JOBGATE_DATABASE_URL: `sqlite:${join(folder, 'demo.db')}`,
    JOBGATE_ADMIN_PASSWORD: 'demo',
    JOBGATE_CATALOGUE: 'fixtures/catalogue.json',
    JOBGATE_LOG_LEVEL: 'silent',
  }),
  { gateway: true, worker: true },
);
try {
  const { url } = await app.start();
  await play(`${url}/clm/services/LicenseManager?wsdl`);
} finally {
  await app.close();
  await rm(folder, { recursive: true });
}

async function play(wsdl: string): Promise<void> {
  const say = (text: string) => console.log(text);
  say(`reading ${wsdl}`);
  const client = await createClientAsync(wsdl);
  const call = async (operation: string, args: object) => {
    const [answer] = await client[`${operation}Async`](args);
    return answer?.[`${operation}Result`];
  };

  const { token, username, timeout } = await call('login', {
    user: 'admin',
    password: 'demo',
    port: 0,
    idle_timeout: 30,
  });
  say(`login: ${username}, a token of ${token.length} characters, idle for ${timeout} minutes at most`);

  const targets = ['switch-1', 'switch-2', 'switch-3', 'switch-4', 'switch-5'];
  const jobId = await call('asyncExecuteProgram', {
    token: { token },
    jobGroup: 'demo',
    programName: 'walk',
    targetIds: { item: targets },
    arguments: { item: ['200'] },
  });
  say(`asyncExecuteProgram walk: job ${jobId}`);

  let shown = '';
  for (;;) {
    const status = await call('getAsyncOperationStatus', { token: { token }, taskID: jobId });
    // "If the asynchronous task is completed, the entry of the task is removed": then the ClmJob tells.
    if (status.errorCode !== 0) break;
    const line = `getAsyncOperationStatus: ${status.overallPercentage} %`;
    if (line !== shown) say(line);
    shown = line;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const job = await call('getAsyncOperationJobRecords', { token: { token }, job_id: jobId });
  say(
    `getAsyncOperationJobRecords: ${job.statusName}, ${job.overallPercentage} %, completed ${job.completed.toISOString()}`,
  );

  for (let offset = 0; ; offset += 2) {
    const page = await call('listPersistentIDStatusByGroup', {
      token: { token },
      jobGroup: 'demo',
      pageinfo: { offset, max: 2 },
    });
    const items = page.items?.item ?? [];
    const seen = items
      .map((item: { id: string; errorCode: number }) => `${item.id} (${item.errorCode})`)
      .join(', ');
    say(`listPersistentIDStatusByGroup offset ${offset}, max 2: of ${page.total}: ${seen || 'none'}`);
    if (items.length === 0) break;
  }
  const ended = await call('logout', { token: { token } });
  say(`logout: ${ended.errorCode}`);
}

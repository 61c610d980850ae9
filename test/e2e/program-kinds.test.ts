import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sampleJob } from '../storage/sample-job.ts';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { answerJson, callBack, HttpEndpoint } from '../worker/http-endpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'jobgate-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  test('commands and endpoints run on a worker node, endpoints report to a gateway node, no secret is logged', async () => {
    const endpoint = new HttpEndpoint(({ answer }) => answerJson(answer, 202, {}));
    const catalogue = join(folder, `${engine.name}.json`);
    const url = await endpoint.listen();
    const mail = { http: url, headers: { Authorization: { from: 'MAILER' } } };
    const show = { command: ['sh', '-c', `echo '{"result":"'$(env | grep -c -e JOBGATE -e MAILER)'"}'`] };
    writeFileSync(catalogue, JSON.stringify({ programs: { mail, show } }));
    const database = await engine.url();
    const settings = {
      JOBGATE_CATALOGUE: catalogue,
      MAILER: 'Bearer mail-secret',
      PATH: process.env['PATH'] ?? '',
    };
    const gateway = await nodes.serve(
      database,
      { ...settings, JOBGATE_CALLBACK_URL: 'http://127.0.0.1' },
      '--no-worker',
    );
    const worker = await nodes.worker(database, { ...settings, JOBGATE_CALLBACK_URL: gateway.origin });
    const store = await engine.openStore(database);
    const [mailed, shown] = [sampleJob({ program: 'mail' }), sampleJob({ program: 'show' })];
    await store.jobs.insert(mailed);
    await store.jobs.insert(shown);

    const call = await eventually('the endpoint is called', () => endpoint.calls[0], 15_000);
    expect(call.headers.authorization).toBe('Bearer mail-secret');
    expect(await callBack(call.job, { result: 'sent' })).toEqual({
      status: 200,
      json: { cancelling: false },
    });
    const resultOf = (id: string) =>
      eventually('the job has completed', async () => {
        return (await store.jobs.find(id))?.state === 'completed' && store.jobs.findPayload(id);
      });
    expect((await resultOf(mailed.id)).result).toBe('sent');
    expect((await resultOf(shown.id)).result).toBe('0');
    for (const secret of ['mail-secret', call.job.callback.token]) {
      expect(gateway.output + worker.output).not.toContain(secret);
    }
    await Promise.all([gateway.stop(), worker.stop()]);
    endpoint.close();
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { callback } from '../../src/dialects/callback/index.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { serveRoom } from '../dialects/serve-room.ts';
import { describeWorkersOnSqlite } from '../worker/describe-workers.ts';
import { SETTINGS, type WorkerRig } from '../worker/worker-rig.ts';

const [, SECTION = ''] = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8').split(
  '### Programs',
);

/** The first block of code below the heading. */
function example(heading: string): string {
  const [, part = ''] = SECTION.split(`#### ${heading}\n`);
  const [, code = ''] = /^```\w+\n([\s\S]*?)^```/m.exec(part) ?? [];
  return code;
}

const ENDED: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ENDED.splice(0)) await end();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The README's catalogue, with its files in the rig's folder. */
function loadPrograms(rig: WorkerRig, mailer: string): void {
  const [, programs = ''] = /^```json\n([\s\S]*?)^```/m.exec(SECTION) ?? [];
  const file = join(rig.folder, 'catalogue.json');
  writeFileSync(
    file,
    `{${programs}}`.replace('./programs/walk.js', './walk.js').replace('https://mailer.example', mailer),
  );
  writeFileSync(join(rig.folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(rig.folder, 'walk.js'), `const doTheWork = async () => {};\n${example('Modules')}`);
  writeFileSync(join(rig.folder, 'count.sh'), example('Commands'));
  writeFileSync(join(rig.folder, 'endpoint.js'), example('HTTP endpoints'));
  const { catalogue } = loadConfig({
    ...{ PATH: process.env['PATH'] ?? '', JOBGATE_CATALOGUE: file, JOBGATE_CALLBACK_URL: 'http://127.0.0.1' },
    ...{ COUNT_API_KEY: 'secret', MAILER_AUTHORIZATION: 'Bearer secret' },
  });
  for (const [name, program] of catalogue.programs) rig.catalogue.set(name, program);
}

describeWorkersOnSqlite("the README's program", (rig) => {
  test('that is a module works', async () => {
    loadPrograms(rig(), 'http://127.0.0.1');
    const parameters = [{ name: 'customer', value: 'ann' }];
    const id = await rig().submit('walk', { targets: ['a', 'b'], parameters });
    rig().worker();
    const { statusMessage } = await rig().reaches(id, 'completed');
    expect(statusMessage).toBe('walking for ann');
    expect((await rig().outcome(id)).result).toEqual({ walked: 2 });
    expect((await rig().stores.jobs.findDetail(id))?.counters.updates).toBe(2);
    expect(await rig().stores.jobData.list(id)).toMatchObject([{ contentType: 'text/csv', length: 3 }]);
  });

  test('that is a command works', async () => {
    loadPrograms(rig(), 'http://127.0.0.1');
    const id = await rig().submit('count');
    rig().worker();
    expect((await rig().reaches(id, 'completed')).progress).toMatchObject({ count: 3, target: 3 });
    expect((await rig().outcome(id)).result).toEqual({ counted: 3 });
    expect(await rig().recordIds(id)).toEqual(['1', '2', '3']);
    expect(rig().lines.get(id)?.[0]?.text).toMatch(/^the job had \d+ characters$/);
  });

  test('that is an http endpoint works', async () => {
    const port = await freePort();
    loadPrograms(rig(), `http://127.0.0.1:${port}`);
    const script = join(rig().folder, 'endpoint.js');
    writeFileSync(
      script,
      readFileSync(script, 'utf8').replace('listen(9000)', `listen(${port}, '127.0.0.1')`),
    );
    const endpoint: ChildProcess = spawn(process.execPath, [script], { stdio: 'inherit' });
    ENDED.push(() => endpoint.kill());
    const gateway = await serveRoom(callback, rig().stores as Store, {});
    ENDED.push(() => gateway.close());
    const id = await rig().submit('mail', { targets: ['a', 'b'] });
    rig().worker({ ...SETTINGS, callbackUrl: gateway.origin });
    expect((await rig().reaches(id, 'completed', 15_000)).progress).toMatchObject({ count: 2, target: 2 });
    expect((await rig().outcome(id)).result).toEqual({ sent: 2 });
    expect(await rig().recordIds(id)).toEqual(['a', 'b']);
  });
});

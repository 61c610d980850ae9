import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { JobgateError } from '../../src/core/error.ts';
import { eventually } from '../support/eventually.ts';
import { addCommand, nodeCommand, shellCommand } from './command-program.ts';
import { describeWorkers, describeWorkersOnSqlite } from './describe-workers.ts';

describeWorkers('a command', (rig) => {
  test('gets its job on standard input, and its reports and result are stored', async () => {
    nodeCommand(
      rig(),
      'work',
      `import { text } from 'node:stream/consumers';
       const job = JSON.parse(await text(process.stdin));
       say({ progress: { count: 1, target: 4 } });
       for (const [at, id] of job.targets.entries()) {
         say({ targetProgress: { id, percent: 50 + at } });
         say({ record: { id, errorCode: at, errorMessage: at ? 'zwei 😀' : null } });
       }
       say({ log: { level: 1, text: 'begun' } });
       say({ rows: { total: 5, inserts: 4 } });
       say({ rows: { errors: 1 } });
       say({ status: 'nearly done' });
       say({ result: 'not the last one' });
       say({ result: job });`,
    );
    const id = await rig().submit('work', {
      args: ['1', { deep: [2] }],
      targets: ['a', 'b'],
      parameters: [{ name: 'depth', value: '2' }],
      type: 'import',
    });
    rig().worker();
    const { progress, statusMessage } = await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toEqual({
      ...{ id, group: id, attempt: 1, owner: 'test', program: 'work', type: 'import' },
      ...{ arguments: ['1', { deep: [2] }], targets: ['a', 'b'], parameters: { depth: '2' } },
    });
    expect(progress).toMatchObject({ count: 1, target: 4, percent: 25 });
    expect(statusMessage).toBe('nearly done');
    expect((await rig().stores.jobs.findWithTargets(id))?.percentages).toEqual([50, 51]);
    expect((await rig().stores.jobs.findDetail(id))?.counters).toMatchObject({
      total: 5,
      inserts: 4,
      errors: 1,
    });
    expect(await rig().recordIds(id)).toEqual(['a', 'b']);
    expect(rig().lines.get(id)).toMatchObject([{ level: 1, text: 'begun' }]);
  });

  test('is shown at work, and killed with all that it started', async () => {
    const pids = join(rig().folder, 'pids');
    // Children and grandchildren that ignore SIGTERM; the first process heeds it.
    const child = `trap '' TERM; sleep 60 & echo $! >> ${pids}; wait`;
    shellCommand(
      rig(),
      'family',
      `(${child}) & (${child}) & while [ "$(wc -l < ${pids})" != 2 ]; do sleep 0.01; done
       echo '{"progress":{"count":2,"target":3}}'; exec sleep 60`,
    );
    const id = await rig().submit('family');
    const worker = rig().worker();
    await rig().counts(id, 1);
    const family = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
    expect(family.every(isRunning)).toBe(true);
    await rig().stores.jobs.requestCancel(id, Date.now());
    worker.cancelling(id);
    expect((await rig().reaches(id, 'cancelled')).errorMessage).toBeNull();
    await eventually('the whole family is gone', () => !family.some(isRunning));
  });

  test('holds no more than a bounded number of records that the store does not have', async () => {
    nodeCommand(
      rig(),
      'flood',
      `import { once } from 'node:events';
       for (let n = 0; n < 10_000; n++) {
         const record = { id: 'r' + n, errorCode: 0 };
         if (!process.stdout.write(JSON.stringify({ record }) + '\\n')) await once(process.stdout, 'drain');
       }`,
    );
    const id = await rig().submit('flood');
    let most = 0;
    let ahead = 0;
    const { queue } = rig().stores;
    rig().worker(
      {},
      {
        appendRecords: async (fence, records) => {
          ahead = records.length;
          most = Math.max(most, ahead);
          return queue.appendRecords(fence, records);
        },
      },
    );
    await rig().reaches(id, 'completed', 20_000);
    const ids = await rig().recordIds(id);
    expect(ids).toHaveLength(10_000);
    expect(ids.at(-1)).toBe('r9999');
    expect(most).toBeLessThanOrEqual(1_024);
  });
});

describeWorkersOnSqlite('a command', (rig) => {
  async function failureOf(program: string, targets: string[] = []): Promise<string | null> {
    const id = await rig().submit(program, { targets });
    rig().worker();
    return (await rig().reaches(id, 'failed')).errorMessage;
  }

  test('that says nothing and reads nothing completes with null, however large its job', async () => {
    shellCommand(rig(), 'true', 'exit 0');
    const id = await rig().submit('true', { args: ['x'.repeat(1_000_000)] });
    rig().worker();
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBeNull();
  });

  test('logs what it writes to standard error, each line bounded', async () => {
    shellCommand(
      rig(),
      'warn',
      `echo one >&2; echo >&2; head -c 9000 /dev/zero | tr '\\0' x >&2; printf '\\nlast' >&2`,
    );
    const id = await rig().submit('warn');
    rig().worker();
    await rig().reaches(id, 'completed');
    const lines = rig().lines.get(id) ?? [];
    expect(lines.map(({ level }) => level)).toEqual([2, 2, 2]);
    expect(lines.map(({ text }) => text)).toEqual(['one', `${'x'.repeat(8_192)}…`, 'last']);
  });

  test.each([
    [
      'that exits with a code',
      'echo first >&2; echo "no such table" >&2; exit 3',
      'exit code 3: no such table',
    ],
    ['that exits in silence', 'exit 1', 'exit code 1'],
    ['that dies of a signal', 'echo half >&2; kill -SEGV $$', 'ended by SIGSEGV: half'],
    ['that is cut short in a line', `printf '{"progr'; kill -KILL $$`, 'ended by SIGKILL'],
    [
      'that never ends its last line',
      `printf '{"progr'`,
      'line 1 of its output: it is not JSON: "{\\"progr"',
    ],
  ])('%s fails, and says so', async (_, body, message) => {
    shellCommand(rig(), 'bad', body);
    expect(await failureOf('bad')).toBe(message);
  });

  test.each([
    ['text', 'Starting…', /^line 2 of its output: it is not JSON: "Starting…"$/],
    ['nothing', '', /^line 2 of its output: it is not JSON: ""$/],
    ['a number', '7', /^line 2 of its output: it: needs an object of one member: progress, /],
    [
      'an unknown member',
      '{"percent":7}',
      /^line 2 of its output: expected an object with one of progress, /,
    ],
    ['two members', '{"status":"a","result":1}', /^line 2 of its output: expected an object with one of/],
    [
      'a wrong value',
      '{"progress":{"count":"1"}}',
      /^line 2 of its output: progress: count must be a number/,
    ],
    [
      'a wrong target',
      '{"targetProgress":{"id":"z","percent":1}}',
      /^line 2 of its output: targetProgress: "z" is not one/,
    ],
    ['a wrong record', '{"record":{"id":"a"}}', /^line 2 of its output: record: errorCode must be a number/],
    ['a wrong level', '{"log":{"level":0,"text":"a"}}', /^line 2 of its output: log: level must be/],
    [
      'a long status',
      `{"status":"${'x'.repeat(1_025)}"}`,
      /^line 2 of its output: status must be at most 1024/,
    ],
    ['a wrong count', '{"rows":{"total":-1}}', /^line 2 of its output: rows: total must be a whole number/],
  ])('that prints %s fails, though it would have gone on', async (_, line, message) => {
    nodeCommand(
      rig(),
      'bad',
      `say({ status: 'ok' }); console.log(${JSON.stringify(line)}); setInterval(() => {}, 1_000);`,
    );
    expect(await failureOf('bad', ['a'])).toMatch(message);
  });

  test('whose line is too long fails; the largest result is kept', async () => {
    nodeCommand(rig(), 'long', `console.log('x'.repeat(3_000_000));`);
    nodeCommand(rig(), 'large', `say({ result: 'x'.repeat(1_048_575) });`);
    nodeCommand(rig(), 'largest', `say({ result: 'x'.repeat(1_048_574) });`);
    expect(await failureOf('long')).toBe('line 1 of its output: it is longer than 1049600 bytes');
    expect(await failureOf('large')).toMatch(/^line 1 of its output: the result is too large: 1048577 bytes/);
    const id = await rig().submit('largest');
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toHaveLength(1_048_574);
  });

  test('that prints bytes which are no UTF-8 fails', async () => {
    shellCommand(rig(), 'latin1', `printf '{"status":"\\344"}\\n'`);
    expect(await failureOf('latin1')).toBe('line 1 of its output: it is not UTF-8');
  });

  test.each([
    ['heeds SIGTERM', ''],
    ['does not', `trap '' TERM;`],
  ])('that is past its time limit and %s is ended', async (_, trap) => {
    shellCommand(rig(), 'slow', `${trap} while :; do sleep 0.05; done`, { timeLimitMs: 200 });
    expect(await failureOf('slow')).toBe('its time limit of 0.2 s has passed');
  });

  test('that is killed and ends well all the same has completed', async () => {
    shellCommand(
      rig(),
      'tidy',
      `trap 'echo "{\\"result\\":\\"tidied\\"}"; exit 0' TERM; echo '{"progress":{"count":1}}'; while :; do sleep 0.02; done`,
    );
    const id = await rig().submit('tidy');
    const worker = rig().worker({ killGraceMs: 4_000 });
    await rig().counts(id);
    await rig().stores.jobs.requestCancel(id, Date.now());
    worker.cancelling(id);
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toBe('tidied');
  });

  test('leaves nothing behind: what it started in the background ends with it', async () => {
    const pid = join(rig().folder, 'pid');
    shellCommand(rig(), 'leave', `sleep 60 & echo $! > ${pid}; echo '{"result":1}'`);
    const id = await rig().submit('leave');
    rig().worker();
    await rig().reaches(id, 'completed');
    await eventually('it is gone', () => !isRunning(Number(readFileSync(pid, 'utf8'))));
  });

  test('does not wait for ever for a process that left its group with its output', async () => {
    addCommand(rig(), 'daemon', ['setsid', '--fork', 'sleep', '20']);
    const id = await rig().submit('daemon');
    rig().worker();
    await rig().reaches(id, 'completed');
  });

  test('sees no secret of jobgate, only the environment that it was given', async () => {
    process.env['JOBGATE_TEST_SECRET'] = 'secret';
    nodeCommand(rig(), 'environment', 'say({ result: process.env });', {
      environment: { MODE: 'fast', TZ: 'UTC' },
    });
    const id = await rig().submit('environment');
    rig().worker();
    await rig().reaches(id, 'completed');
    delete process.env['JOBGATE_TEST_SECRET'];
    expect((await rig().outcome(id)).result).toEqual({ MODE: 'fast', TZ: 'UTC' });
  });

  test('gets its arguments as they are: no shell reads them', async () => {
    const flag = join(rig().folder, 'flag');
    nodeCommand(rig(), 'arguments', 'say({ result: process.argv.slice(2) });');
    const { argv } = rig().catalogue.get('arguments') as unknown as { argv: [string, ...string[]] };
    addCommand(rig(), 'arguments', [...argv, '$HOME', `; touch ${flag}`, '*', '']);
    const id = await rig().submit('arguments');
    rig().worker();
    await rig().reaches(id, 'completed');
    expect((await rig().outcome(id)).result).toEqual(['$HOME', `; touch ${flag}`, '*', '']);
    expect(existsSync(flag)).toBe(false);
  });

  test('that is not there fails by its name, not its path', async () => {
    addCommand(rig(), 'gone', ['/nowhere/tool']);
    expect(await failureOf('gone')).toBe('the program "gone" could not be started');
    expect(JSON.stringify(rig().logged)).toContain('/nowhere/tool');
  });

  test('is given back by a worker that stops, and runs again', async () => {
    shellCommand(
      rig(),
      'again',
      `read job; case $job in *'"attempt":1'*) echo '{"progress":{"count":1}}'; sleep 60;; esac`,
    );
    const id = await rig().submit('again');
    const worker = rig().worker();
    await rig().counts(id);
    await worker.stop();
    expect((await rig().job(id)).state).toBe('queued');
    rig().worker();
    expect((await rig().reaches(id, 'completed')).attempt).toBe(2);
  });

  test('is ended when its job is lost, though it was held up by a store that takes nothing', async () => {
    const pid = join(rig().folder, 'pid');
    shellCommand(
      rig(),
      'flood',
      `echo $$ > ${pid}; while :; do echo '{"record":{"id":"a","errorCode":0}}'; done`,
    );
    await rig().submit('flood');
    let held = true;
    const { queue } = rig().stores;
    rig().worker(
      {},
      {
        appendRecords: () => Promise.reject(new JobgateError('STORE_UNAVAILABLE', 'the store is away')),
        heartbeat: async (...call) => (held ? queue.heartbeat(...call) : []),
      },
    );
    await eventually('it runs', () => existsSync(pid) && readFileSync(pid, 'utf8') !== '');
    held = false;
    await eventually('it is gone', () => !isRunning(Number(readFileSync(pid, 'utf8'))));
  });

  test('that is not published does not run', async () => {
    shellCommand(rig(), 'draft', 'exit 0', { published: false });
    expect(await failureOf('draft')).toBe('the program "draft" is not published');
  });
});

/** Zombies do not count: nobody may be there to reap an orphan. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import type { TestProject } from 'vitest/node';
import { eventually } from './eventually.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A MySQL or MariaDB server whose account may create databases; null where there is none. */
    mysqlUrl: string | null;
  }
}

const run = promisify(execFile);
const KEEPER = fileURLToPath(new URL('./mysql-keeper.js', import.meta.url));

/**
 * Vitest's global set-up: finds the server that suites share. It is the one that
 * JOBGATE_TEST_MYSQL_URL names, else a private one, started here and thrown away.
 */
export default async function provideMysql(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['JOBGATE_TEST_MYSQL_URL'];
  if (given) {
    project.provide('mysqlUrl', given);
    return undefined;
  }
  const server = findBinary('mariadbd') ?? findBinary('mysqld');
  if (!server) {
    const missing = 'neither JOBGATE_TEST_MYSQL_URL nor a mariadbd or mysqld on this machine';
    if (process.env['CI'] === 'true') throw new Error(`the tests on MySQL cannot run: ${missing}`);
    console.warn(`\n*** SKIPPED: every test on MySQL. There is ${missing}. ***\n`);
    project.provide('mysqlUrl', null);
    return undefined;
  }
  const { url, stop } = await startServer(server);
  project.provide('mysqlUrl', url);
  return stop;
}

async function startServer(binary: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'jobgate-mysql-'));
  const data = join(home, 'data');
  // Either server refuses to run as root unless told to.
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const installer = findBinary('mariadb-install-db');
  if (installer) {
    const options = [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ];
    // It runs a server for a moment, which must not meet another's temporary tables either.
    await run(installer, [...options, ...asRoot], { env: { ...process.env, TMPDIR: home } });
  } else {
    await run(binary, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...asRoot]);
  }
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      KEEPER,
      home,
      binary,
      '--no-defaults',
      `--datadir=${data}`,
      // A server that starts deletes what it finds in its folder for temporary tables, another's too.
      `--tmpdir=${home}`,
      `--socket=${join(home, 'socket')}`,
      `--pid-file=${join(home, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      '--performance-schema=OFF',
      // MariaDB's default since 11.6, and the stricter one: conflicts that wait elsewhere are errors there.
      '--loose-innodb-snapshot-isolation=ON',
      '--innodb-buffer-pool-size=64M',
      // It need not survive a power failure, and each test's schema is nine tables.
      '--innodb-flush-method=nosync',
      '--skip-innodb-doublewrite',
      ...asRoot,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  const stop = async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
  let output = '';
  child.stderr.on('data', (text) => {
    output += text;
  });
  try {
    await eventually('the private MySQL server answers', () => answers(child, port), 30_000);
  } catch (error) {
    await stop();
    throw new Error(`${binary} did not start:\n${output}`, { cause: error });
  }
  return { url: `mysql://root@127.0.0.1:${port}`, stop };
}

async function answers(child: ChildProcess, port: number): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
  try {
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' });
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

function findBinary(name: string): string | undefined {
  // Debian keeps servers where a user's PATH does not look.
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/libexec',
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port to be had');
  return address.port;
}

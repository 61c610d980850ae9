import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

// A process of its own, between the test run and its private server: `keeper HOME BINARY OPTION…`.
// However the run ends, even by SIGKILL, this process's standard input does too; then the
// server is killed and its home deleted. Nothing in it is worth an orderly shutdown's seconds.
const [home = '', binary = '', ...options] = process.argv.slice(2);
const server = spawn(binary, options, { stdio: ['ignore', 'ignore', 'inherit'], detached: true });

server.once('error', (error) => {
  console.error(error.message);
});
server.once('close', () => {
  rmSync(home, { recursive: true, force: true });
  process.exit(1);
});
// Ctrl-C reaches the whole group: the run comes to its end by itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.once('close', () => server.kill('SIGKILL'));
process.stdin.resume();

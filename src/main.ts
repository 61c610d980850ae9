#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { CommandFailed, UsageError } from './commands/command.ts';
import { parseCommandLine, USAGE } from './commands/command-line.ts';
import type { Terminal } from './commands/terminal.ts';
import { ConfigError, loadConfig } from './config.ts';
import { JobgateError } from './core/error.ts';

// The only file that touches `process`.

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const terminal: Terminal = {
  print: (line) => void process.stdout.write(`${line}\n`),
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  },
  // To the line's beginning, and over it: what is left of a longer one is erased.
  draw: (line, last) => void process.stdout.write(`\r${line}\x1b[K${last ? '\n' : ''}`),
  tell: (line) => void process.stderr.write(`${line}\n`),
  readInput: () => text(process.stdin),
  stopRequested: () =>
    new Promise((resolve) => {
      const stop = () => {
        // A second signal, either, ends the process as if there were no handler.
        for (const signal of STOP_SIGNALS) process.off(signal, stop);
        resolve();
      };
      for (const signal of STOP_SIGNALS) process.on(signal, stop);
    }),
};

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = report(error);
}

async function run(args: readonly string[]): Promise<void> {
  const invocation = parseCommandLine(args);
  if (!invocation) {
    terminal.print(USAGE);
    return;
  }
  await invocation.run(loadConfig(process.env), terminal);
}

/** Says what went wrong, without a stack where the message is meant for people; returns the exit code. */
function report(error: unknown): number {
  if (error instanceof UsageError) {
    terminal.tell(`jobgate: ${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (error instanceof CommandFailed) {
    terminal.tell(`jobgate: ${error.message}`);
    return 1;
  }
  if (error instanceof ConfigError || error instanceof JobgateError) {
    // An operator may know why the store is away; callers never do.
    const reason = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    terminal.tell(`jobgate: ${error.message}${reason}`);
    return error instanceof ConfigError ? 2 : 1;
  }
  terminal.tell(`jobgate: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return 1;
}

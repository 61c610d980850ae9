import { Console } from 'node:console';
import process from 'node:process';
import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LARGEST_RESULT } from '../../core/report-checks.ts';
import { ProgramChannel } from './program-channel.ts';
import type { ProgramContext, ProgramFunction } from './program-context.ts';
import type { ProgramEnd, ThreadTask } from './thread-message.ts';

const MAX_MESSAGE_CHARACTERS = 65_536;

let current: ProgramChannel | undefined;

// The process's own output is the operator's: what programs print goes to the worker's log.
const printed = new Writable({
  decodeStrings: false,
  write: (text, _encoding, done) => {
    current?.print(String(text).trimEnd().slice(0, MAX_MESSAGE_CHARACTERS));
    done();
  },
});
globalThis.console = new Console({ stdout: printed, stderr: printed });

/** In a thread of the pool: runs one program, one at a time, and posts how it ended. */
export default async function programThread(task: ThreadTask): Promise<void> {
  const channel = new ProgramChannel(task);
  current = channel;
  const before = countByName(process.getActiveResourcesInfo());
  channel.post({ kind: 'started' });
  const end = await run(task, channel.context);
  // One turn of the event loop, so that a rejection nobody handled fails this job and not the next.
  await nextTurn();
  channel.close();
  const leftovers = hasMore(countByName(process.getActiveResourcesInfo()), before);
  channel.post({ kind: 'end', end, leftovers });
  // The thread is not offered for another job; the main thread ends it.
  if (leftovers) await new Promise(() => {});
}

async function run({ program, moduleUrl }: ThreadTask, context: ProgramContext): Promise<ProgramEnd> {
  let main: ProgramFunction;
  try {
    ({ default: main } = await import(moduleUrl));
  } catch (error) {
    return {
      kind: 'failed',
      message: `the program "${program}" could not be loaded`,
      detail: `${moduleUrl}: ${detailOf(error)}`,
    };
  }
  if (typeof main !== 'function') {
    const message = `the program "${program}" is not a program: its module's default export is no function`;
    return { kind: 'failed', message, detail: moduleUrl };
  }
  try {
    return serialise(await main(context));
  } catch (error) {
    return { kind: 'failed', message: messageOf(error), detail: detailOf(error) };
  }
}

function serialise(result: unknown): ProgramEnd {
  let json: string | undefined;
  try {
    json = JSON.stringify(result === undefined ? null : result);
  } catch (error) {
    const message = `the program's result is not something JSON can hold: ${messageOf(error)}`;
    return { kind: 'failed', message, detail: detailOf(error) };
  }
  if (json === undefined) {
    const message = `the program's result is not something JSON can hold: a ${typeof result}`;
    return { kind: 'failed', message, detail: message };
  }
  const bytes = Buffer.byteLength(json);
  if (bytes <= LARGEST_RESULT) return { kind: 'returned', json };
  const message = `the program's result is too large: ${bytes} bytes of JSON, at most ${LARGEST_RESULT} are kept`;
  return { kind: 'failed', message, detail: message };
}

/** Whatever was thrown, its message and nothing else: a stack names files. */
function messageOf(thrown: unknown): string {
  return textOf(() => (thrown instanceof Error ? thrown.message || thrown.name : thrown));
}

function detailOf(thrown: unknown): string {
  return textOf(() => (thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown));
}

/** A program can throw what has no text, or whose text throws. */
function textOf(thrown: () => unknown): string {
  try {
    return String(thrown()).slice(0, MAX_MESSAGE_CHARACTERS).toWellFormed();
  } catch {
    return 'the program threw something that cannot be shown';
  }
}

/** Timers, sockets, servers, threads: whatever keeps a thread's loop alive, by kind. */
function countByName(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  counts.delete('CloseReq');
  return counts;
}

function hasMore(now: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): boolean {
  return [...now].some(([name, count]) => count > (before.get(name) ?? 0));
}

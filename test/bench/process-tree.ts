import { readdirSync, readFileSync } from 'node:fs';

/** proc(5) counts processor time in ticks of 10 ms. */
const TICK_MS = 10;

/** Processor time, in ms, that a process and all that it started and still have or have been waited for have used. */
export function processorTime(root: number): number {
  let ticks = 0;
  for (const fields of statsOfTree(root).values()) {
    // utime, stime and what ended children have used: fields 14 to 17.
    for (const index of [11, 12, 13, 14]) ticks += Number(fields[index]);
  }
  return ticks * TICK_MS;
}

/** Resident memory of a process and all that it started, bytes. Shared pages count for each. */
export function residentBytes(root: number): number {
  let kilobytes = 0;
  for (const pid of statsOfTree(root).keys()) {
    try {
      kilobytes += Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has just ended.
    }
  }
  return kilobytes * 1024;
}

/** The fields of /proc/PID/stat that follow the name, of the process and its descendants, by their ids. */
function statsOfTree(root: number): Map<number, string[]> {
  const all = new Map<number, string[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      all.set(
        Number(name),
        readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' '),
      );
    } catch {
      // It has just ended.
    }
  }
  const tree = new Map<number, string[]>();
  const add = (pid: number): void => {
    const fields = all.get(pid);
    if (!fields) return;
    tree.set(pid, fields);
    for (const [child, [, parent]] of all) if (Number(parent) === pid) add(child);
  };
  add(root);
  return tree;
}

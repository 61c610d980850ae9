import { readFileSync, writeFileSync } from 'node:fs';

/** By how much a process has grown at most, resident, in bytes. Linux. */
export class PeakMemory {
  readonly #pid: number;
  readonly #before: number;

  /** From now on: what the kernel remembers of its largest size is forgotten. */
  constructor(pid: number) {
    this.#pid = pid;
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    this.#before = this.#read('VmRSS');
  }

  growth(): number {
    return Math.max(0, this.#read('VmHWM') - this.#before);
  }

  #read(field: string): number {
    const status = readFileSync(`/proc/${this.#pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { expect } from 'vitest';
import type { Job, Json, NewJob } from '../../src/core/job.ts';
import type { JobQueue, LogLine, Outcome } from '../../src/core/job-queue.ts';
import { type JobState, OPEN_STATES } from '../../src/core/job-state.ts';
import type { Program } from '../../src/core/program.ts';
import type { StatusRecord } from '../../src/core/status-record.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { createWorker, type Worker, type WorkerSettings } from '../../src/worker/worker.ts';
import { sampleJob } from '../storage/sample-job.ts';
import { eventually } from '../support/eventually.ts';
import { moduleProgram } from '../support/module-program.ts';
import type { WorkerProcessOrders } from './worker-process.ts';

export type WorkerStores = Pick<Store, 'queue' | 'jobs' | 'records' | 'jobData' | 'callbacks'>;

export const SETTINGS: WorkerSettings = {
  concurrency: 2,
  leaseMs: 1_000,
  maxLosses: 3,
  killGraceMs: 200,
  drainMs: 100,
  pollMs: 50,
  maxHeapMb: 64,
  maxDataBytes: 4_000_000,
  callbackUrl: 'http://callbacks.invalid',
};

/** Workers on a store, programs given as source text, and what the workers wrote. */
export class WorkerRig {
  readonly catalogue = new Map<string, Program>();
  readonly outcomes = new Map<string, Outcome[]>();
  readonly lines = new Map<string, LogLine[]>();
  /** Claims answered so far. */
  claims = 0;
  /** What the observer of the workers was told: a name, and how many or which. */
  readonly observed: [name: string, value: unknown][] = [];
  readonly logged: Record<string, unknown>[] = [];
  readonly stores: WorkerStores;
  /** Where a worker in another process finds the same store. */
  readonly url: string;
  readonly folder = mkdtempSync(join(tmpdir(), 'jobgate-worker-'));
  readonly #workers: Worker[] = [];
  readonly #processes: ChildProcess[] = [];

  constructor(stores: WorkerStores, url: string) {
    this.stores = stores;
    this.url = url;
  }

  /** Adds a program, given as the body of its function of `job`. */
  program(name: string, body: string): string {
    return this.module(name, `export default async (job) => {\n${body}\n};\n`);
  }

  module(name: string, source: string): string {
    const module = join(this.folder, `${name}.mjs`);
    writeFileSync(module, source);
    this.catalogue.set(name, moduleProgram(name, module));
    return name;
  }

  /** A started worker; `faults` replace the queue's own methods. */
  worker(settings: Partial<WorkerSettings> = {}, faults: Partial<JobQueue> = {}): Worker {
    const queue = { ...this.recording(), ...faults };
    const log = pino({ level: 'debug' }, { write: (line) => void this.logged.push(JSON.parse(line)) });
    const { catalogue } = this;
    const all = { ...SETTINGS, ...settings };
    const note = (name: string) => (value: unknown) => void this.observed.push([name, value]);
    const observer = {
      claimed: note('claimed'),
      started: () => note('started')(1),
      finished: note('finished'),
    };
    const { jobData: data, callbacks } = this.stores;
    const worker = createWorker({
      ...{ queue, data, callbacks },
      catalogue,
      clock: Date.now,
      log,
      settings: all,
      observer,
    });
    this.#workers.push(worker);
    worker.start();
    return worker;
  }

  /** A worker in a process of its own, on the same store and with the same programs. */
  process(settings = SETTINGS): ChildProcess {
    const orders: WorkerProcessOrders = { url: this.url, programs: [...this.catalogue.values()], settings };
    const file = fileURLToPath(new URL('./worker-process.js', import.meta.url));
    const child = spawn(process.execPath, [file], { stdio: ['pipe', 'inherit', 'inherit'] });
    child.stdin?.end(JSON.stringify(orders));
    this.#processes.push(child);
    return child;
  }

  async submit(
    program: string,
    { args = [], targets = [], ...more }: { args?: Json[]; targets?: string[] } & Partial<NewJob> = {},
  ): Promise<string> {
    const id = randomUUID();
    await this.stores.jobs.insert(
      sampleJob({ id, program, owner: 'test', arguments: args, targets, created: Date.now(), ...more }),
    );
    return id;
  }

  async job(id: string): Promise<Job> {
    const job = await this.stores.jobs.find(id);
    if (!job) throw new Error(`no job ${id}`);
    return job;
  }

  reaches(id: string, state: JobState, withinMs = 15_000): Promise<Job> {
    return eventually(
      `job ${id} is ${state}`,
      async () => {
        const job = await this.job(id);
        return job.state === state && job;
      },
      withinMs,
    );
  }

  /** The program has reported a count above `count`. */
  counts(id: string, count = 0, withinMs = 15_000): Promise<Job> {
    return eventually(
      `job ${id} counts past ${count}`,
      async () => {
        const job = await this.job(id);
        return job.progress.count > count && job;
      },
      withinMs,
    );
  }

  /** How the job ended, as its worker told the store; it did so once. */
  async outcome(id: string): Promise<Outcome> {
    const outcomes = await eventually(`the end of job ${id} is stored`, () => this.outcomes.get(id));
    expect(outcomes).toHaveLength(1);
    return outcomes[0] as Outcome;
  }

  async recordIds(id: string): Promise<string[]> {
    const page = await this.stores.records.pageByJob(id, { offset: 0, max: null });
    const ids: string[] = [];
    const batches = Array.isArray(page.items) ? [page.items] : page.items;
    for await (const batch of batches as AsyncIterable<readonly StatusRecord[]>) {
      ids.push(...batch.map(({ targetId }) => targetId));
    }
    return ids;
  }

  async close(): Promise<void> {
    for (const child of this.#processes) child.kill('SIGKILL');
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    // The next test's workers shall not find this one's jobs.
    for await (const jobs of this.stores.jobs.list({ states: OPEN_STATES })) {
      for (const { id } of jobs) await this.stores.jobs.requestCancel(id, Date.now());
    }
    rmSync(this.folder, { recursive: true });
  }

  recording(): JobQueue {
    const { queue } = this.stores;
    return {
      claim: async (request) => {
        const jobs = await queue.claim(request);
        this.claims += 1;
        return jobs;
      },
      heartbeat: (workerId, jobIds, leaseMs) => queue.heartbeat(workerId, jobIds, leaseMs),
      report: (fence, report, now) => queue.report(fence, report, now),
      appendRecords: (fence, records) => queue.appendRecords(fence, records),
      giveBack: (fence, now) => queue.giveBack(fence, now),
      rescue: (request) => queue.rescue(request),
      appendLog: async (fence, lines) => {
        const stored = await queue.appendLog(fence, lines);
        if (stored) append(this.lines, fence.jobId, lines);
        return stored;
      },
      finish: async (fence, outcome, now) => {
        const stored = await queue.finish(fence, outcome, now);
        if (stored) append(this.outcomes, fence.jobId, [outcome]);
        return stored;
      },
    };
  }
}

function append<T>(lists: Map<string, T[]>, key: string, values: readonly T[]): void {
  lists.set(key, [...(lists.get(key) ?? []), ...values]);
}

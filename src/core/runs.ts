import { createHash, randomUUID } from 'node:crypto';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { checkRunKey } from './identifiers.ts';
import type { JobStore } from './job-store.ts';
import type { WorkSignal } from './jobs.ts';
import type { ProgramCatalogue } from './program.ts';
import { newJob, type Submission } from './submission.ts';

/** A set of jobs to run one after the other, under a key of the client's. */
export interface RunRequest {
  /** 1 to 64 code points, no control characters; one run of this caller. Also the jobs' group. */
  readonly key: string;
  /** In the order they run; at least one. */
  readonly jobs: readonly Omit<Submission, 'group' | 'state'>[];
  /** What is sent when the run has ended, if anything is: an absolute URL that the room has checked. */
  readonly webhook: { readonly url: string; readonly format: string } | null;
}

/** What became of it: started now, or before by the same request; or the key belongs to another request. */
export type RunStart =
  | { readonly kind: 'started' | 'repeated'; readonly jobId: string }
  | { readonly kind: 'different' };

/** Starts runs. A request that is repeated (its answer was lost, say) starts nothing a second time. */
export class Runs {
  readonly #store: JobStore;
  readonly #programs: ProgramCatalogue;
  readonly #clock: Clock;
  readonly #signal: WorkSignal;

  constructor(store: JobStore, programs: ProgramCatalogue, clock: Clock, signal: WorkSignal) {
    this.#store = store;
    this.#programs = programs;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Throws PROGRAM_NOT_FOUND, INVALID_ARGUMENT. */
  async start(caller: Caller, request: RunRequest): Promise<RunStart> {
    const key = checkRunKey('the run id', request.key);
    const now = this.#clock();
    const jobs = request.jobs.map((job, position) =>
      newJob(
        caller,
        { ...job, group: key, state: position === 0 ? 'queued' : 'created' },
        this.#programs,
        now,
      ),
    );
    const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const webhook = request.webhook && { ...request.webhook, id: `msg_${randomUUID().replaceAll('-', '')}` };
    const known = await this.#store.insertRun({ key, fingerprint, owner: caller.username, jobs, webhook });
    if (known) {
      return known.fingerprint === fingerprint
        ? { kind: 'repeated', jobId: known.jobId }
        : { kind: 'different' };
    }
    this.#signal.queued();
    return { kind: 'started', jobId: jobs[0]?.id ?? '' };
  }
}

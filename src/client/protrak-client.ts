import type { AsyncJob, FinishedAsyncJob, Json, NewAsyncJob } from './async-job.ts';
import { type CallOptions, Connection, segment, type TokenSource } from './connection.ts';
import { pause } from './pause.ts';

const API = 'protrak/api';
/** The source's example: `await Task.Delay(2000)`. */
const POLL_MS = 2_000;

export interface ProtrakClientOptions {
  /** Where the gateway is, such as `https://jobs.example.com`; what stands before `/protrak/api`. */
  readonly url: string | URL;
  /** Left out where `login` is called first. */
  readonly token?: TokenSource;
  /** Sends the requests; by default the platform's. */
  readonly fetch?: typeof fetch;
}

export interface ListOptions extends CallOptions {
  /** How many of the newest to leave out; 0. */
  readonly skip?: number;
  /** At most how many; 25, and never more than 100. */
  readonly take?: number;
}

export interface GetOptions extends CallOptions {
  /** Lets the gateway hold its answer back until the job has ended, at most so long; 0 to 60 whole seconds. */
  readonly waitSeconds?: number;
}

export interface WaitOptions extends GetOptions {
  /** The pause between two questions, ms; 2,000. With `waitSeconds` it counts from question to question. */
  readonly pollMs?: number;
}

/**
 * Protrak's async jobs, under the names that the .NET services give them. Every method rejects with
 * ProtrakError where the gateway says no, with `fetch`'s own error where it cannot be reached, and
 * with the signal's reason once that aborts. Aborting never stops a job.
 */
export class ProtrakClient {
  readonly #connection: Connection;

  constructor({ url, token, fetch: fetchWith = fetch }: ProtrakClientOptions) {
    this.#connection = new Connection(url, token, fetchWith);
  }

  /** Signs in; every call from then on speaks for this user. Returns the token, for whoever wants to keep it. */
  login(username: string, password: string, options: CallOptions = {}): Promise<string> {
    return this.#connection.login(username, password, options);
  }

  /**
   * CreateAsyncJobAsync: returns the new job's id, at once. A program that there is not, or that is not
   * published, makes a job that ends Failed.
   */
  async createAsyncJob(job: NewAsyncJob, options: CallOptions = {}): Promise<string> {
    const call = { method: 'POST', path: `${API}/asyncJobs`, json: job, ...options } as const;
    return (await this.#connection.call(call)) as string;
  }

  /** ExecuteCommonProgramAsAsyncJobAsync: `createAsyncJob` for those who have a name and arguments. */
  async executeCommonProgramAsAsyncJob(
    programName: string,
    programArguments: readonly Json[] = [],
    options: CallOptions = {},
  ): Promise<string> {
    const path = `${programPath(programName)}/executeCommonProgramAsAsyncJob`;
    const call = { method: 'POST', path, json: programArguments, ...options } as const;
    return (await this.#connection.call(call)) as string;
  }

  /**
   * Runs a program with `payload` as its one argument, waits for its end, and returns what it returned.
   * Rejects with a ProtrakError of status 400 where it failed.
   */
  async executeCommonProgram(
    programName: string,
    payload: Json = null,
    options: CallOptions = {},
  ): Promise<Json> {
    const path = `${programPath(programName)}/executeCommonProgram`;
    const call = { method: 'POST', path, json: payload, ...options } as const;
    return (await this.#connection.call(call)) as Json;
  }

  /** GetAsyncJobAsync. Rejects with a ProtrakError of status 404 where there is no such job, or it is somebody else's. */
  async getAsyncJob(jobId: string, { waitSeconds, ...options }: GetOptions = {}): Promise<AsyncJob> {
    const path = `${jobPath(jobId)}${query({ wait: waitSeconds })}`;
    return (await this.#connection.call({ method: 'GET', path, ...options })) as AsyncJob;
  }

  /** UpdateAsyncJobAsync: marks the job as read. */
  async updateAsyncJob(jobId: string, options: CallOptions = {}): Promise<void> {
    await this.#connection.call({ method: 'PUT', path: jobPath(jobId), ...options });
  }

  /** The caller's own jobs, newest first. */
  async listAsyncJobs({ skip, take, ...options }: ListOptions = {}): Promise<AsyncJob[]> {
    const path = `${API}/asyncJobs${query({ skip, take })}`;
    return (await this.#connection.call({ method: 'GET', path, ...options })) as AsyncJob[];
  }

  /**
   * The source's WaitForJob: asks every two seconds until the job has ended, however it ended. With
   * `waitSeconds` the gateway holds each answer back, so that the end is known at once.
   */
  async waitForJob(
    jobId: string,
    { pollMs = POLL_MS, ...options }: WaitOptions = {},
  ): Promise<FinishedAsyncJob> {
    for (;;) {
      const asked = performance.now();
      const job = await this.getAsyncJob(jobId, options);
      if (job.status !== 'InProgress') return job;
      // A gateway that stops answers before its time: without a rest it would be asked without end.
      const held = options.waitSeconds ? performance.now() - asked : 0;
      await pause(Math.max(0, pollMs - held), options.signal);
    }
  }
}

function jobPath(jobId: string): string {
  return `${API}/asyncJobs/${segment('the job id', jobId)}`;
}

function programPath(programName: string): string {
  return `${API}/programs/${segment('the program name', programName)}`;
}

function query(values: Readonly<Record<string, number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${value}`).join('&')}`;
}

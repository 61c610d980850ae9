import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import type { JobDetail } from '../../core/job.ts';
import { isFinal } from '../../core/job-state.ts';
import type { Jobs } from '../../core/jobs.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { holdAnswer } from '../../http/hold-answer.ts';
import { JSON_TYPE, jsonAnswer } from '../../http/json-answer.ts';
import { publicOrigin } from '../../http/public-origin.ts';
import { readRange, readWait } from '../../http/query.ts';
import type { Answer } from '../../http/reply.ts';
import type { House } from '../dialect.ts';
import { readJobId } from './job-id.ts';
import { readArguments, readAsyncJob } from './read-async-job.ts';
import { readJson } from './read-json.ts';
import { startJob } from './start-job.ts';
import { toAsyncJob } from './wire.ts';

/** The source gives no size; each job may bring a mebibyte of arguments and one of result. */
const MOST_TAKE = 100;

/** Jobs have up to 8 MiB each: a list goes out as they are read, small ones some tens of kilobytes at a time. */
const CHUNK = 65_536;

/** The source's four methods, and the list. */
export function asyncJobOperations(house: House, prefix: string) {
  return {
    /** `Task<Guid> CreateAsyncJobAsync(AsyncJob job)` */
    async createAsyncJob(ctx: HttpContext, caller: Caller): Promise<Answer> {
      const call = readAsyncJob(await readJson(ctx, house));
      return created(ctx, await startJob(house, caller, call));
    },

    /** `Task<Guid> ExecuteCommonProgramAsAsyncJobAsync(string programName, params object[] arguments)` */
    async executeCommonProgramAsAsyncJob(ctx: HttpContext, caller: Caller): Promise<Answer> {
      const values = readArguments(await readJson(ctx, house));
      const programName = String(ctx['params'].programName);
      return created(ctx, await startJob(house, caller, { programName, arguments: values }));
    },

    /** `Task<AsyncJob> GetAsyncJobAsync(Guid jobId)`; with `?wait=SECONDS`, our addition, once the job has ended. */
    async getAsyncJob(ctx: HttpContext, caller: Caller): Promise<Answer> {
      const id = readJobId(ctx['params'].id);
      const ms = readWait(ctx);
      let job = await findJob(caller, id);
      if (ms > 0 && !isFinal(job.state)) {
        await holdAnswer(ctx, (signal) => house.watch.until(id, isFinal, { ms, signal }));
        job = await findJob(caller, id);
      }
      return jsonAnswer(200, toAsyncJob(job, await house.jobs.payload(caller, id)));
    },

    /** `Task UpdateAsyncJobAsync(Guid jobId)`: it takes nothing but the id, so a body is left unread. */
    async updateAsyncJob(ctx: HttpContext, caller: Caller): Promise<Answer> {
      await house.jobs.markRead(caller, readJobId(ctx['params'].id));
      return { status: 204 };
    },

    /** Our addition: the caller's own jobs, newest first. */
    async listAsyncJobs(ctx: HttpContext, caller: Caller): Promise<Answer> {
      const { jobs } = await house.jobs.page(caller, { own: true }, 'newest', readRange(ctx, MOST_TAKE));
      return { status: 200, contentType: JSON_TYPE, body: listOf(house.jobs, caller, jobs) };
    },
  };

  async function findJob(caller: Caller, id: string): Promise<JobDetail> {
    const job = await house.jobs.findDetail(caller, id);
    if (!job) throw new JobgateError('JOB_NOT_FOUND', `there is no job ${id}`);
    return job;
  }

  function created(ctx: HttpContext, id: string): Answer {
    return jsonAnswer(201, id, { Location: `${publicOrigin(ctx)}${prefix}/asyncJobs/${id}` });
  }
}

async function* listOf(jobs: Jobs, caller: Caller, page: readonly JobDetail[]): AsyncGenerator<string> {
  let text = '[';
  let separator = '';
  for (const job of page) {
    const payload = await payloadUnlessGone(jobs, caller, job.id);
    if (!payload) continue;
    text += separator + JSON.stringify(toAsyncJob(job, payload));
    separator = ',';
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  yield `${text}]`;
}

/** A job may be deleted while the list that it is on goes out. */
async function payloadUnlessGone(jobs: Jobs, caller: Caller, id: string) {
  try {
    return await jobs.payload(caller, id);
  } catch (error) {
    if (error instanceof JobgateError && error.code === 'JOB_NOT_FOUND') return undefined;
    throw error;
  }
}

import { JobgateError } from '../../core/error.ts';
import { type JobDetail, parameterOf } from '../../core/job.ts';
import { isFinal } from '../../core/job-state.ts';
import { holdAnswer } from '../../http/hold-answer.ts';
import { condition } from '../../http/preconditions.ts';
import { readRange, readWait } from '../../http/query.ts';
import type { Answer } from '../../http/reply.ts';
import type { House } from '../dialect.ts';
import { documentAnswer } from './answer.ts';
import {
  jobValidators,
  notModified,
  preconditionFailed,
  requireUnchanged,
  validatorHeaders,
} from './conditional.ts';
import { WEB3_TYPES } from './job-type.ts';
import { pageLinks } from './page-links.ts';
import { type JobRequest, readJob } from './read-job.ts';
import { toJobStatus } from './representation.ts';
import { findJob, type RoomCall } from './room-call.ts';

export function jobOperations(house: House) {
  const { dates, maxTake } = house.web3;

  return {
    /** "Jobs most recently updated first"; a failed one stays in the list. */
    async listJobs(call: RoomCall): Promise<Answer> {
      const range = readRange(call.ctx, maxTake);
      const { total, jobs } = await house.jobs.page(
        call.caller,
        { group: call.topicMap },
        'lastUpdated',
        range,
      );
      const data = await house.jobData.itemsOf(jobs);
      const items = jobs.map((job) => toJobStatus(job, data.get(job.id) ?? [], call.addresses));
      const links = pageLinks(call.ctx, call.addresses.list, range, total);
      const list = { start: range.skip, count: total, listUrl: call.addresses.list, ...links, items };
      return documentAnswer(200, { kind: 'jobs', list }, call.form, dates);
    },

    async createJob(call: RoomCall): Promise<Answer> {
      const request = await readJob(call.ctx, house);
      const id = await house.jobs.submit(call.caller, {
        ...request,
        group: call.topicMap,
        program: programOf(request),
        targets: [],
        arguments: [],
      });
      const job = await house.jobs.findDetail(call.caller, id);
      if (!job) throw new JobgateError('JOB_NOT_FOUND', `job ${id} was deleted at once`);
      return answerJob(call, job, 201, { Location: call.addresses.job(id) });
    },

    /** With `wait`, once the job's state is another one; at once where the client says that its copy is out of date. */
    async getJob(call: RoomCall): Promise<Answer> {
      const { ctx } = call;
      const ms = readWait(ctx);
      let job = await findJob(house, call);
      if (ms > 0 && !isFinal(job.state) && !hasOldCopy(call, job)) {
        const { id, state: was } = job;
        await holdAnswer(ctx, (signal) => house.watch.until(id, (state) => state !== was, { ms, signal }));
        job = await findJob(house, call);
      }
      const validators = jobValidators(job, call, dates);
      const met = condition(ctx.method, ctx.req.headers, validators);
      if (met === 'failed') throw preconditionFailed(job);
      if (met === 'not-modified') return notModified(validators);
      return answerJob(call, job, 200);
    },

    async updateJob(call: RoomCall): Promise<Answer> {
      const request = await readJob(call.ctx, house);
      const job = await findJob(house, call);
      requireUnchanged(call, job, dates);
      const lastUpdated = seenAt(call, job);
      const condition = lastUpdated === undefined ? {} : { lastUpdated };
      await house.jobs.amend(call.caller, job.id, { ...request, program: programOf(request), ...condition });
      return answerJob(call, await findJob(house, call), 200);
    },

    async cancelJob(call: RoomCall): Promise<Answer> {
      const job = await findJob(house, call);
      requireUnchanged(call, job, dates);
      await house.jobs.cancelWaiting(call.caller, job.id, seenAt(call, job));
      return { status: 204 };
    },
  };

  async function answerJob(
    call: RoomCall,
    job: JobDetail,
    status: number,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const data = await house.jobData.itemsOf([job]);
    const document = { kind: 'job', job: toJobStatus(job, data.get(job.id) ?? [], call.addresses) } as const;
    const validators = jobValidators(job, call, dates);
    return documentAnswer(status, document, call.form, dates, {
      ...validatorHeaders(validators),
      ...headers,
    });
  }

  /** For a request with a condition: what has just been seen to hold is to hold when the change is made. */
  function seenAt({ ctx }: RoomCall, job: JobDetail): number | undefined {
    const { 'if-match': match, 'if-unmodified-since': since } = ctx.req.headers;
    return match === undefined && since === undefined ? undefined : job.updated;
  }

  /** Whether the client has told of a copy, and it is another one than it would get. */
  function hasOldCopy({ ctx, ...call }: RoomCall, job: JobDetail): boolean {
    const { headers } = ctx.req;
    const asks = headers['if-none-match'] ?? headers['if-modified-since'];
    return (
      asks !== undefined && condition(ctx.method, headers, jobValidators(job, call, dates)) === 'proceed'
    );
  }

  /** The program that the parameters name, else the one for the type. Throws INVALID_ARGUMENT. */
  function programOf({ type, parameters }: JobRequest): string {
    const program = parameterOf(parameters, 'Program') ?? house.catalogue.typePrograms.get(type);
    if (program !== undefined) return program;
    throw new JobgateError(
      'INVALID_ARGUMENT',
      `there is no program for jobs of type ${WEB3_TYPES[type].name}; name one with the parameter Program`,
    );
  }
}

import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import { checkGroup } from '../../core/identifiers.ts';
import type { JobDetail } from '../../core/job.ts';
import type { HttpContext } from '../../http/exchange.ts';
import type { House } from '../dialect.ts';
import { Addresses } from './addresses.ts';
import type { AnswerForm } from './format.ts';

/** One request, once it is known who asks, for which topic map, and in what form the answer is to be. */
export interface RoomCall {
  readonly ctx: HttpContext;
  readonly caller: Caller;
  /** The topic map's id, which is the job group. */
  readonly topicMap: string;
  readonly form: AnswerForm;
  readonly addresses: Addresses;
}

/** Throws INVALID_ARGUMENT for a topic map id that no group can have. */
export function roomCall(ctx: HttpContext, caller: Caller, form: AnswerForm): RoomCall {
  const topicMap = checkGroup('the topic map id', ctx['params'].tm);
  return { ctx, caller, topicMap, form, addresses: new Addresses(ctx, topicMap) };
}

/** The job that the address names. Of another topic map it is none of this one's. Throws JOB_NOT_FOUND. */
export async function findJob(house: House, { ctx, caller, topicMap }: RoomCall): Promise<JobDetail> {
  const id: string = ctx['params'].id;
  const job = await house.jobs.findDetail(caller, id);
  if (job?.group === topicMap) return job;
  throw new JobgateError('JOB_NOT_FOUND', `there is no job ${id} of this topic map`);
}

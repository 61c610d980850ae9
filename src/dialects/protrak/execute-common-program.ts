import type { Caller } from '../../core/caller.ts';
import { isFinal } from '../../core/job-state.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { holdAnswer } from '../../http/hold-answer.ts';
import { jsonAnswer } from '../../http/json-answer.ts';
import type { Answer } from '../../http/reply.ts';
import type { House } from '../dialect.ts';
import { refusal } from './errors.ts';
import { readJson } from './read-json.ts';
import { startJob } from './start-job.ts';
import { PROTRAK_STATUS } from './status.ts';

/**
 * The vendor's one documented route: the payload is the program's one argument, and the answer what it
 * returned. It runs as a job like every other, which goes on when the client leaves or this gateway stops.
 */
export async function executeCommonProgram(house: House, ctx: HttpContext, caller: Caller): Promise<Answer> {
  const payload = await readJson(ctx, house);
  const programName = String(ctx['params'].programName);
  const id = await startJob(house, caller, { programName, arguments: [payload] });
  const ms = Number.POSITIVE_INFINITY;
  const ended = await holdAnswer(ctx, (signal) => house.watch.until(id, isFinal, { ms, signal }));
  // To a client that has left nothing is sent any more.
  if (!ended) return refusal(503, `the gateway is stopping; async job ${id} goes on`, 'GATEWAY_STOPPING');
  return answerOf(house, caller, id);
}

async function answerOf({ jobs }: House, caller: Caller, id: string): Promise<Answer> {
  const job = await jobs.findDetail(caller, id);
  if (!job) return refusal(400, `async job ${id} was deleted`, 'PROGRAM_ABANDONED');
  switch (PROTRAK_STATUS[job.state]) {
    case 'Failed':
      return refusal(400, job.errorMessage ?? '', 'PROGRAM_FAILED');
    case 'Completed': {
      const { result } = await jobs.payload(caller, id);
      return jsonAnswer(200, result);
    }
    default:
      return refusal(400, `async job ${id} was stopped, or its worker lost`, 'PROGRAM_ABANDONED');
  }
}

import { JobgateError } from '../../core/error.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { condition, type Validators } from '../../http/preconditions.ts';
import type { Answer } from '../../http/reply.ts';
import { streamBody } from '../../http/stream-body.ts';
import type { House } from '../dialect.ts';
import { documentAnswer, VARY } from './answer.ts';
import { notModified, validatorHeaders } from './conditional.ts';
import { toReference } from './representation.ts';
import { findJob, type RoomCall } from './room-call.ts';

/** What a client sent might be a page with scripts: it is to be saved, and shown as nothing of ours. */
const UNTRUSTED = "sandbox; default-src 'none'";

export function dataOperations(house: House) {
  const { dates } = house.web3;

  return {
    async listJobData(call: RoomCall): Promise<Answer> {
      const job = await findJob(house, call);
      const items = (await house.jobData.itemsOf([job])).get(job.id) ?? [];
      const references = items.map((item) => toReference(job.id, item, call.addresses));
      return documentAnswer(200, { kind: 'references', references }, call.form, dates);
    },

    /** The body as it is, whatever it is, becomes the job's next item. */
    async attachJobData(call: RoomCall): Promise<Answer> {
      const { ctx, caller, addresses } = call;
      const job = await findJob(house, call);
      const contentType = ctx.req.headers['content-type'] || 'application/octet-stream';
      const item = await house.jobData.attach(caller, job.id, contentType, bodyOf(ctx));
      const reference = toReference(job.id, item, addresses);
      const headers = { Location: reference.address };
      return documentAnswer(201, { kind: 'reference', reference }, call.form, dates, headers);
    },

    async getJobData(call: RoomCall): Promise<Answer> {
      const { ctx, caller } = call;
      const job = await findJob(house, call);
      const number: string = ctx['params'].n;
      const opened = /^[1-9]\d{0,8}$/.test(number)
        ? await house.jobData.open(caller, job.id, Number(number))
        : undefined;
      if (!opened) throw new JobgateError('JOB_NOT_FOUND', `job ${job.id} has no data of that number`);
      const { item, chunks } = opened;
      // An item never changes. An id may hold a quotation mark, a tag may not.
      const etag = `"${encodeURIComponent(job.id)}-${item.number}"`;
      const validators: Validators = { etags: [etag], lastModified: item.created };
      const met = condition(ctx.method, ctx.req.headers, validators);
      if (met === 'not-modified') return notModified(validators);
      if (met === 'failed') {
        throw new HttpError(
          412,
          'PRECONDITION_FAILED',
          "the data is not as the request's condition wants it",
        );
      }
      return {
        status: 200,
        contentType: item.contentType,
        body: chunks,
        headers: {
          'Content-Length': String(item.length),
          'Content-Disposition': `attachment; filename="${item.number}"`,
          'Content-Security-Policy': UNTRUSTED,
          Vary: VARY,
          ...validatorHeaders(validators),
        },
      };
    },
  };

  /** Begun when it is first asked for: by then the job has been seen to take data. */
  async function* bodyOf(ctx: HttpContext): AsyncGenerator<Buffer> {
    const { maxBytes } = house.jobData;
    yield* streamBody(ctx, { wire: maxBytes, inflated: maxBytes });
  }
}

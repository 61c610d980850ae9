import { createHash } from 'node:crypto';
import type { JobDetail } from '../../core/job.ts';
import { HttpError } from '../../http/http-error.ts';
import { condition, type Validators } from '../../http/preconditions.ts';
import type { Answer } from '../../http/reply.ts';
import { VARY } from './answer.ts';
import { FORMATS, type Format } from './format.ts';
import type { RoomCall } from './room-call.ts';
import type { JsonDates } from './wire-json.ts';

/**
 * What tells one state of a job's representation from another, by the job's row alone: a poll that finds nothing
 * new costs one query. The list of data is not hashed, for each item moves `updated`. Address and dates are,
 * because they are in the representation.
 */
export function jobValidators(
  job: JobDetail,
  { form, addresses }: Pick<RoomCall, 'form' | 'addresses'>,
  dates: JsonDates,
): Validators {
  const { id, type, state, owner, workerId, statusMessage, errorMessage, progress } = job;
  const { created, updated, completed, parameters } = job;
  const shown = [addresses.job(id), type, state, owner, workerId, statusMessage, errorMessage, progress];
  const hash = createHash('sha1')
    .update(JSON.stringify([...shown, created, updated, completed, parameters, dates]))
    .digest('base64url');
  const etag = (format: Format) => `"${hash}-${format}"`;
  const others = FORMATS.filter((format) => format !== form.format);
  // A job that is to change was read in whatever form: If-Match takes any.
  return {
    etags: [etag(form.format), ...others.map(etag)],
    lastModified: safeLastModified(updated, Date.now()),
  };
}

/**
 * A date has no more than seconds. Told in the very second of a change, it would still fit one that comes later in
 * that second, and whoever asks by date alone would never learn of it: until the second is over, the one before it is told.
 */
export function safeLastModified(updated: number, now: number): number {
  const isOver = Math.floor(now / 1_000) > Math.floor(updated / 1_000);
  return isOver ? updated : updated - 1_000;
}

export function validatorHeaders({ etags, lastModified }: Validators): Record<string, string> {
  return {
    ETag: etags[0],
    'Last-Modified': new Date(lastModified).toUTCString(),
    // To be kept by the one whom it was told, and asked about each time.
    'Cache-Control': 'private, no-cache',
  };
}

export function notModified(validators: Validators): Answer {
  return { status: 304, headers: { Vary: VARY, ...validatorHeaders(validators) } };
}

/** Throws HttpError 412 unless the job is as the client's If-Match and the like want it to be before it changes it. */
export function requireUnchanged(call: RoomCall, job: JobDetail, dates: JsonDates): void {
  const { ctx } = call;
  const met = condition(ctx.method, ctx.req.headers, jobValidators(job, call, dates));
  if (met === 'failed') throw preconditionFailed(job);
}

export function preconditionFailed({ id }: JobDetail): HttpError {
  const message = `job ${id} is not, or no longer, as the request's condition wants it`;
  return new HttpError(412, 'PRECONDITION_FAILED', message);
}

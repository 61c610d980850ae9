import { JobgateError } from '../../core/error.ts';
import type { Json } from '../../core/job.ts';
import { decodeBody } from '../../http/body-text.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { inexactNumber } from '../../http/inexact-number.ts';
import { parseJson } from '../../http/json-body.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { type BodyLimits, readBody } from '../../http/read-body.ts';

/** Those of ASP.NET's JSON formatters. */
const JSON_TYPE = /^(application|text)\/json$|^application\/[^/]+\+json$/;

/** The body's JSON; a body without a Content-Type is taken for it. Throws HttpError 400, 413, 415, and INVALID_ARGUMENT. */
export async function readJson(ctx: HttpContext, limits: BodyLimits): Promise<Json> {
  const { type, charset } = parseMediaType(ctx.req.headers['content-type']) ?? {
    type: 'application/json',
    charset: undefined,
  };
  if (!JSON_TYPE.test(type)) {
    throw new HttpError(415, 'MEDIA_TYPE_UNSUPPORTED', 'Content-Type: expected application/json');
  }
  const body = await readBody(ctx, limits);
  if (body.length === 0) throw new HttpError(400, 'BODY_MALFORMED', 'the body is empty; expected JSON');
  const text = decodeBody(body, charset);
  const value = parseJson(text);
  const number = inexactNumber(text);
  if (number === undefined) return value;
  // An id that is not the one that was sent would be worse than none.
  throw new JobgateError(
    'INVALID_ARGUMENT',
    `the number ${number} cannot be kept exactly; send it as a string`,
  );
}

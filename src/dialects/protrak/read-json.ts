import { JobgateError } from '../../core/error.ts';
import type { Json } from '../../core/job.ts';
import { decodeBody } from '../../http/body-text.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { inexactNumber } from '../../http/inexact-number.ts';
import { parseJson } from '../../http/json-body.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { readBody } from '../../http/read-body.ts';
import { repeatedMember } from '../../http/repeated-member.ts';
import { quote } from '../../xml/quote.ts';
import type { House } from '../dialect.ts';

/** Those of ASP.NET's JSON formatters. */
const JSON_TYPE = /^(application|text)\/json$|^application\/[^/]+\+json$/;

/** The body's JSON; a body without a Content-Type is taken for it. Throws HttpError 400, 413, 415, and INVALID_ARGUMENT. */
export async function readJson(
  ctx: HttpContext,
  { bodyLimits, jsonLimits }: Pick<House, 'bodyLimits' | 'jsonLimits'>,
): Promise<Json> {
  const { type, charset } = parseMediaType(ctx.req.headers['content-type']) ?? {
    type: 'application/json',
    charset: undefined,
  };
  if (!JSON_TYPE.test(type)) {
    throw new HttpError(415, 'MEDIA_TYPE_UNSUPPORTED', 'Content-Type: expected application/json');
  }
  const body = await readBody(ctx, bodyLimits);
  if (body.length === 0) throw new HttpError(400, 'BODY_MALFORMED', 'the body is empty; expected JSON');
  const text = decodeBody(body, charset);
  const value = parseJson(text, jsonLimits);
  const repeated = repeatedMember(text);
  if (repeated !== undefined) throw invalid(`the member ${quote(repeated)} is there twice`);
  // An id that is not the one that was sent would be worse than none.
  const number = inexactNumber(text);
  if (number !== undefined) throw invalid(`the number ${number} cannot be kept exactly; send it as a string`);
  return value;
}

function invalid(message: string): JobgateError {
  return new JobgateError('INVALID_ARGUMENT', message);
}

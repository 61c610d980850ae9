import type { Json } from '../../core/job.ts';
import { decodeBody } from '../../http/body-text.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { parseJson } from '../../http/json-body.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { type BodyLimits, readBody } from '../../http/read-body.ts';

/** Those of ASP.NET's JSON formatters. */
const JSON_TYPE = /^(application|text)\/json$|^application\/[^/]+\+json$/;

/** The body's JSON; a body without a Content-Type is taken for it. Throws HttpError 400, 413, 415. */
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
  return parseJson(decodeBody(body, charset));
}

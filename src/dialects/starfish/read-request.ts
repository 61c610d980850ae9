import { decodeBody } from '../../http/body-text.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { readBody } from '../../http/read-body.ts';
import type { House } from '../dialect.ts';
import type { Fields } from './fields.ts';
import { InvalidRequest } from './model-state.ts';
import { readFormFields } from './read-form-fields.ts';
import { readJsonFields } from './read-json-fields.ts';
import { readXmlFields } from './read-xml-fields.ts';

type Limits = Pick<House, 'bodyLimits' | 'xmlLimits' | 'jsonLimits'>;

/**
 * The request's members, from whichever of the help page's request formats it came in. `className` is
 * what its root is called in XML. Throws InvalidRequest, and HttpError 413, 415.
 */
export async function readRequest(ctx: HttpContext, className: string, limits: Limits): Promise<Fields> {
  const contentType = ctx.req.headers['content-type'];
  const read = readerOf(contentType, className, limits);
  const body = await readBody(ctx, limits.bodyLimits);
  if (body.length === 0) throw InvalidRequest.asWhole('A non-empty request body is required.');
  try {
    return read(body);
  } catch (error) {
    if (error instanceof HttpError && error.code === 'BODY_MALFORMED')
      throw InvalidRequest.asWhole(error.message);
    throw error;
  }
}

/** By the media type alone: what is not supported is refused before its body is read. */
function readerOf(
  contentType: string | undefined,
  className: string,
  { xmlLimits, jsonLimits }: Limits,
): (body: Buffer) => Fields {
  const { type, charset } = parseMediaType(contentType) ?? { type: 'application/octet-stream' };
  switch (type) {
    case 'application/json':
    case 'text/json':
      return (body) => readJsonFields(decodeBody(body, charset), jsonLimits);
    case 'application/xml':
    case 'text/xml':
      return (body) => readXmlFields(body, contentType, className, xmlLimits);
    case 'application/x-www-form-urlencoded':
      return (body) => readFormFields(decodeBody(body, charset));
    default:
      throw new HttpError(
        415,
        'MEDIA_TYPE_UNSUPPORTED',
        `The request entity's media type '${type.slice(0, 128)}' is not supported for this resource.`,
      );
  }
}

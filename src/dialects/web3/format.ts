import { preferredType } from '../../http/accept.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { queryValue } from '../../http/query.ts';

export const FORMATS = ['xml', 'json', 'html'] as const;

export type Format = (typeof FORMATS)[number];

/** The form of an answer, and the media type that it goes by. */
export interface AnswerForm {
  readonly format: Format;
  readonly mediaType: string;
}

/** In the order of our own liking. */
const FORMAT_OF = {
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/json': 'json',
  'text/json': 'json',
  'text/html': 'html',
} as const satisfies Record<string, Format>;

type MediaType = keyof typeof FORMAT_OF;

const MEDIA_TYPES = Object.keys(FORMAT_OF) as MediaType[];
const XML = formOf('application/xml');

/**
 * "The format parameter always wins, then Accept, then the request's Content-Type"; XML when nothing is asked. An
 * Accept of nothing but any type, which HTTP libraries send by themselves, asks for nothing. Throws HttpError 406.
 */
export function answerForm(ctx: HttpContext): AnswerForm {
  const asked = queryValue(ctx, 'format');
  if (asked !== undefined) {
    const format = FORMATS.find((candidate) => candidate === asked.toLowerCase());
    if (!format) throw notAcceptable(`format: expected ${FORMATS.join(', ')}`);
    return formOf(MEDIA_TYPES.find((type) => FORMAT_OF[type] === format) ?? 'application/xml');
  }
  const { accept = '' } = ctx.req.headers;
  if (/^\s*(\*\/\*\s*(;.*)?)?$/.test(accept)) return formOfContentType(ctx);
  const type = preferredType(accept, MEDIA_TYPES);
  if (type === undefined) throw notAcceptable(`Accept: expected one of ${MEDIA_TYPES.join(', ')}`);
  return formOf(type);
}

/** Of an error, which has to have one: what was asked for where that is possible. */
export function errorForm(ctx: HttpContext): AnswerForm {
  try {
    return answerForm(ctx);
  } catch {
    return formOfContentType(ctx);
  }
}

/** The format of a media type that requests and answers may have. */
export function formatOf(mediaType: string): Format | undefined {
  return MEDIA_TYPES.includes(mediaType as MediaType) ? FORMAT_OF[mediaType as MediaType] : undefined;
}

function formOfContentType(ctx: HttpContext): AnswerForm {
  const type = parseMediaType(ctx.req.headers['content-type'])?.type ?? '';
  return formatOf(type) ? formOf(type as MediaType) : XML;
}

function formOf(mediaType: MediaType): AnswerForm {
  return { format: FORMAT_OF[mediaType], mediaType };
}

function notAcceptable(expected: string): HttpError {
  return new HttpError(406, 'NOT_ACCEPTABLE', expected);
}

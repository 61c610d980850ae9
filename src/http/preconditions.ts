import type { IncomingHttpHeaders } from 'node:http';

/** What is known of the resource as it is now. */
export interface Validators {
  /** Entity tags with their quotes: that of the answer first, then those of the resource's other forms. */
  readonly etags: readonly [string, ...string[]];
  /** ms UTC; compared by the second. */
  readonly lastModified: number;
}

export type Condition = 'proceed' | 'not-modified' | 'failed';

/** An entity tag, or what begins like one; a list has a comma between them. */
const ETAG = /(?:W\/)?"[\x21\x23-\x7E\x80-\xFF]*"/g;

/**
 * Whether a request on a resource that exists is to be carried out, in the order of RFC 9110, section 13.2.2. Of
 * GET and HEAD an unchanged resource is `not-modified` (304); whatever else does not hold is `failed` (412).
 * A date that is none is passed over.
 */
export function condition(
  method: string,
  headers: IncomingHttpHeaders,
  { etags, lastModified }: Validators,
): Condition {
  const reads = method === 'GET' || method === 'HEAD';
  const second = Math.floor(lastModified / 1_000) * 1_000;
  const ifMatch = headers['if-match'];
  const unmodifiedSince = httpDate(headers['if-unmodified-since']);
  if (ifMatch !== undefined) {
    if (!holds(ifMatch, etags, strong)) return 'failed';
  } else if (unmodifiedSince !== undefined && second > unmodifiedSince) {
    return 'failed';
  }
  const ifNoneMatch = headers['if-none-match'];
  const modifiedSince = httpDate(headers['if-modified-since']);
  if (ifNoneMatch !== undefined) {
    if (holds(ifNoneMatch, reads ? [etags[0]] : etags, weak)) return reads ? 'not-modified' : 'failed';
  } else if (reads && modifiedSince !== undefined && second <= modifiedSince) {
    return 'not-modified';
  }
  return 'proceed';
}

/** `*` is whatever there is. */
function holds(list: string, etags: readonly string[], form: (etag: string) => string): boolean {
  if (list.trim() === '*') return true;
  return (list.match(ETAG) ?? []).some((etag) => etags.includes(form(etag)));
}

/** A weak tag is none of ours: `If-Match` compares strongly (RFC 9110, section 8.8.3.2). */
const strong = (etag: string) => etag;
const weak = (etag: string) => etag.replace(/^W\//, '');

/** In any of the three forms of RFC 9110, section 5.6.7; ms UTC, undefined when it is none. */
function httpDate(text: string | undefined): number | undefined {
  const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text ?? '');
  if (text === undefined || !(asctime || /^[A-Z][a-z]+, .* GMT$/.test(text))) return undefined;
  const ms = Date.parse(asctime ? `${text} GMT` : text);
  return Number.isNaN(ms) ? undefined : ms;
}

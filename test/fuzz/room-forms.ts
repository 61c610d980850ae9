import { XmlReader } from '../../src/xml/xml-reader.ts';
import type { RawResponse } from '../support/read-answers.ts';

const LIMITS = { depth: 64, elements: 200_000, attributes: 64, nameLength: 256 };
/** Of Axis and of .NET: what a client is told about a failure inside. */
const FAILURES_INSIDE = /SYSTEM_ERROR|internal error|An error has occurred/;

/** A room's addresses, and what is wrong with an error of its; undefined = nothing. */
interface RoomForm {
  readonly addresses: RegExp;
  readonly errorProblem: (answer: RawResponse) => string | undefined;
}

/** In the order in which they are asked: the last is whatever no room owns. */
const FORMS: readonly RoomForm[] = [
  { addresses: /^\/clm(\/|$)/i, errorProblem: soapProblem },
  { addresses: /^\/web3(\/|$)/i, errorProblem: web3Problem },
  { addresses: /^(\/api)?\/(token|v1)(\/|$)/i, errorProblem: starfishProblem },
  {
    addresses: /^\/api3(\/|$)/i,
    errorProblem: (answer) =>
      jsonProblem(answer, ({ error }) => isText(error?.message) && isText(error?.code)),
  },
  {
    addresses: /^\/protrak\/api(\/|$)/i,
    errorProblem: (answer) => jsonProblem(answer, ({ message, code }) => isText(message) && isText(code)),
  },
  {
    addresses: /^\/jobgate\/callback(\/|$)/i,
    errorProblem: (answer) => jsonProblem(answer, ({ error }) => isText(error)),
  },
  {
    addresses: /^\/openapi\.json(\/|$)/i,
    errorProblem: (answer) => jsonProblem(answer, ({ message, code }) => isText(message) && isText(code)),
  },
  { addresses: /^/, errorProblem: plainProblem },
];

/** What is wrong with an answer to a request for `path`, by the room that owns it. */
export function formProblem(path: string, answer: RawResponse): string | undefined {
  const { statusLine, headers, body } = answer;
  const status = Number(statusLine.slice(9, 12));
  const text = body.toString();
  if (FAILURES_INSIDE.test(text)) return 'tells of a failure inside';
  if (/\n {4}at |node:internal|\/src\/|SQLITE_|ER_[A-Z]+_/.test(text)) return 'shows something of the inside';
  const form = FORMS.find(({ addresses }) => addresses.test(path));
  if (status === 503) return headers.has('retry-after') ? undefined : '503 without Retry-After';
  // Of CLM, SOAP 1.1 wants 500 for every fault.
  if (status >= 500 && status !== 501 && form?.errorProblem !== soapProblem)
    return 'a status of our own failure';
  if (status < 400 && form?.errorProblem !== soapProblem) return successProblem(answer);
  if (status === 417 && body.length === 0) return undefined;
  return form?.errorProblem(answer);
}

function successProblem({ statusLine, headers, body }: RawResponse): string | undefined {
  const type = headers.get('content-type') ?? '';
  if (/^HTTP\/1\.1 (204|304)/.test(statusLine)) return undefined;
  // Job data is answered as what it is said to be, and is kept from being taken for anything else.
  if (headers.has('content-disposition')) return undefined;
  if (type.includes('json')) return isJson(body) ? undefined : 'no JSON';
  if (type.includes('xml')) return xmlProblem(body);
  return type === '' && body.length > 0 ? 'a body of no type' : undefined;
}

function soapProblem({ headers, body }: RawResponse): string | undefined {
  const type = headers.get('content-type') ?? '';
  if (!/^(text\/xml|application\/soap\+xml); charset=utf-8$/i.test(type)) return `no SOAP, but ${type}`;
  if (!/<(\w+:)?(Envelope|definitions)[ >]/.test(body.toString())) return 'no envelope';
  return xmlProblem(body);
}

function web3Problem(answer: RawResponse): string | undefined {
  const type = answer.headers.get('content-type') ?? '';
  const text = answer.body.toString();
  if (/^(application|text)\/json;/.test(type)) {
    return jsonProblem(answer, ({ Status, Message }) => typeof Status === 'number' && isText(Message));
  }
  if (/^text\/html;/.test(type)) return /<h1>Error \d+<\/h1>/.test(text) ? undefined : 'no page of an error';
  if (!/^(application|text)\/xml;/.test(type)) return `an error of the type ${type}`;
  return /<Error Status="\d+"><Message>/.test(text) ? xmlProblem(answer.body) : 'no <Error>';
}

function starfishProblem(answer: RawResponse): string | undefined {
  const type = answer.headers.get('content-type') ?? '';
  if (/^(application|text)\/json;/.test(type)) {
    // The token endpoint's errors are OAuth's.
    return jsonProblem(answer, ({ Message, error }) => isText(Message) || isText(error));
  }
  if (!/^(application|text)\/xml;/.test(type)) return `an error of the type ${type}`;
  return /^<Error><Message>/.test(answer.body.toString()) ? xmlProblem(answer.body) : 'no <Error>';
}

function plainProblem({ headers }: RawResponse): string | undefined {
  const type = headers.get('content-type');
  return type === 'text/plain; charset=utf-8' ? undefined : `no plain text, but ${type}`;
}

type Members = Partial<Record<'message' | 'code' | 'Message' | 'Status', unknown>> & {
  readonly error?: { readonly message?: unknown; readonly code?: unknown };
};

function jsonProblem(
  { headers, body }: RawResponse,
  fits: (members: Members) => boolean,
): string | undefined {
  const type = headers.get('content-type') ?? '';
  if (!/^(application|text)\/json;/.test(type)) return `no JSON, but ${type}`;
  if (!isJson(body)) return 'no JSON inside';
  const value: unknown = JSON.parse(body.toString());
  return typeof value === 'object' && value !== null && fits(value as Members)
    ? undefined
    : 'no error of this room';
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}

function xmlProblem(body: Buffer): string | undefined {
  try {
    const reader = new XmlReader(body.toString(), LIMITS);
    while (reader.read() !== 'eof');
    return undefined;
  } catch (error) {
    return `not well-formed: ${(error as Error).message}`;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { NUMBERS, TEXTS } from './edges.ts';
import type { RequestDraft } from './request-draft.ts';

/** Makes one thing wrong with a request, or odd. */
export type Damage = (draft: RequestDraft) => RequestDraft;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND'];
const FIELDS: readonly (readonly [string, string])[] = [
  ['Content-Encoding', 'gzip'],
  ['Content-Encoding', 'deflate'],
  ['Content-Encoding', 'br'],
  ['Content-Type', 'application/json; charset=utf-16'],
  ['Content-Type', 'application/xml'],
  ['Content-Type', 'application/x-www-form-urlencoded'],
  ['Content-Type', 'application/soap+xml; charset="utf-8"; action="urn:x"'],
  ['Content-Type', 'multipart/related; boundary=x'],
  ['Accept', 'application/json'],
  ['Accept', 'text/xml'],
  ['Accept', 'text/html'],
  ['Accept', 'image/png;q=0'],
  ['If-Match', '*'],
  ['If-None-Match', 'W/"1", "2'],
  ['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['Range', 'bytes=0-0,-1'],
  ['Origin', 'https://bi.example.com'],
  ['Access-Control-Request-Method', 'POST'],
  ['X-Forwarded-For', 'unknown, ::1, 10'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Authorization', 'Basic Og=='],
  ['Authorization', 'Bearer token-of-ada'],
  ['Authorization', 'Bearer token-of-ann'],
  ['SOAPAction', '"urn:x#login"'],
  ['Upgrade', 'websocket'],
  ['Expect', '100-continue'],
];

/** What stands for a value in a document, a form or a query: strings, texts of elements, numbers and words. */
const VALUE = /"(?:[^"\\]|\\.)*"|(?<=>)[^<]+(?=<)|(?<==)[^&\s"<>]+|-?\d+(?:\.\d+)?|\b(?:true|false|null)\b/g;

const place = fc.double({ min: 0, max: 0.999, noNaN: true });
const edge = fc.constantFrom(...NUMBERS, ...TEXTS);
const field = fc.constantFrom(...FIELDS);

/** All kinds of it. `others` are requests whose pieces may be spliced in. */
export function damages(others: readonly RequestDraft[]): fc.Arbitrary<Damage> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(place, edge).map(([at, by]) => inBody(replaceValue(at, by))) },
    { weight: 3, arbitrary: fc.tuple(place, fc.nat(7)).map(([at, bit]) => inBody(flipBit(at, bit))) },
    { weight: 2, arbitrary: fc.tuple(place, fc.nat(60)).map(([at, n]) => inBody(cut(at, n))) },
    { weight: 1, arbitrary: place.map((at) => inBody((body) => body.slice(0, indexIn(body, at)))) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(place, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }))
        .map(([at, length, times]) => inBody(repeat(at, length, times))),
    },
    { weight: 3, arbitrary: fc.tuple(place, edge).map(([at, text]) => inBody(insert(at, text))) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(place, place, fc.constantFrom(...others))
        .map(([at, from, { body }]) => inBody(insert(at, body.slice(indexIn(body, from)).slice(0, 400)))),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(place, fc.nat(7), fc.boolean()).map(([at, bit, flip]) => compressed(at, bit, flip)),
    },
    { weight: 2, arbitrary: field.map(([name, value]) => withField(name, value)) },
    { weight: 2, arbitrary: fc.tuple(place, edge).map(([at, by]) => replaceField(at, by)) },
    { weight: 1, arbitrary: place.map(dropField) },
    { weight: 1, arbitrary: place.map(repeatField) },
    { weight: 1, arbitrary: fc.constantFrom(...METHODS).map(withMethod) },
    { weight: 3, arbitrary: fc.tuple(place, edge).map(([at, text]) => inTarget(insert(at, text))) },
    { weight: 2, arbitrary: fc.tuple(place, edge).map(([at, text]) => inTarget(replaceValue(at, text))) },
    { weight: 1, arbitrary: fc.tuple(place, fc.nat(12)).map(([at, n]) => inTarget(cut(at, n))) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...others).map(withTargetOf),
    },
  );
}

function inBody(change: (text: string) => string): Damage {
  return (draft) => ({ ...draft, body: change(draft.body) });
}

/** What no request line could hold is escaped: how it is framed is another matter than what it asks for. */
function inTarget(change: (text: string) => string): Damage {
  return (draft) => ({
    ...draft,
    target: change(draft.target)
      .replace(/[^!-~]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
      .slice(0, 9_000),
  });
}

function flipBit(at: number, bit: number): (text: string) => string {
  return (text) => {
    const index = indexIn(text, at);
    return (
      text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ (1 << bit)) + text.slice(index + 1)
    );
  };
}

function cut(at: number, length: number): (text: string) => string {
  return (text) => text.slice(0, indexIn(text, at)) + text.slice(indexIn(text, at) + length);
}

function repeat(at: number, length: number, times: number): (text: string) => string {
  return (text) => insert(at, text.slice(indexIn(text, at)).slice(0, length).repeat(times))(text);
}

function insert(at: number, more: string): (text: string) => string {
  return (text) => text.slice(0, indexIn(text, at)) + more + text.slice(indexIn(text, at));
}

function replaceValue(at: number, by: string): (text: string) => string {
  return (text) => {
    const values = [...text.matchAll(VALUE)];
    const value = values[Math.floor(at * values.length)];
    return value ? text.slice(0, value.index) + by + text.slice(value.index + value[0].length) : text;
  };
}

function compressed(at: number, bit: number, flip: boolean): Damage {
  return (draft) => {
    const body = gzipSync(Buffer.from(draft.body, 'latin1')).toString('latin1');
    return withField('Content-Encoding', 'gzip')({ ...draft, body: flip ? flipBit(at, bit)(body) : body });
  };
}

function withMethod(method: string): Damage {
  return (draft) => ({ ...draft, method });
}

function withTargetOf({ target }: RequestDraft): Damage {
  return (draft) => ({ ...draft, target });
}

function withField(name: string, value: string): Damage {
  return (draft) => ({
    ...draft,
    fields: [...draft.fields.filter(([known]) => known.toLowerCase() !== name.toLowerCase()), [name, value]],
  });
}

/** Neither what frames the message nor what closes the connection. */
const KEPT = /^(content-length|transfer-encoding|connection|host)$/i;

function replaceField(at: number, by: string): Damage {
  // What no field could hold.
  const value = by.replace(/[^\t -~\x80-\xff]/g, '').slice(0, 3_000);
  return changeField(at, ([name]) => [[name, value]]);
}

function dropField(at: number): Damage {
  return changeField(at, () => []);
}

function repeatField(at: number): Damage {
  return changeField(at, (each) => [each, each]);
}

function changeField(
  at: number,
  change: (each: readonly [string, string]) => readonly (readonly [string, string])[],
): Damage {
  return (draft) => {
    const index = Math.floor(at * draft.fields.length);
    const fields = draft.fields.flatMap((each, i) =>
      i === index && !KEPT.test(each[0]) ? change(each) : [each],
    );
    return { ...draft, fields };
  };
}

function indexIn(text: string, at: number): number {
  return Math.floor(at * text.length);
}

import { describe, expect, test } from 'vitest';
import { harmless, PATH, post, statuses, wireGateway } from './wire-gateway.ts';

const gateway = wireGateway();
const BODY = harmless();
const SIZE = BODY.length.toString(16);
const NEXT = 'GET /healthz HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n';

/** A request in chunks, which follow as they are. */
function chunked(
  chunks: string,
  { coding = 'chunked', fields = [] as string[], version = '1.1' } = {},
): Buffer {
  return post(chunks, { length: null, fields: [`Transfer-Encoding: ${coding}`, ...fields], version });
}

describe('a body in chunks is read', () => {
  test.each([
    ['of one byte', [...BODY].map((byte) => `1\r\n${byte}\r\n`).join(''), '0\r\n\r\n'],
    ['whose sizes are in capitals', `${SIZE.toUpperCase()}\r\n${BODY}\r\n`, '0\r\n\r\n'],
    ['whose sizes begin with zeros', `0000${SIZE}\r\n${BODY}\r\n`, '0000\r\n\r\n'],
    ['with extensions', `${SIZE};a;b=c;d="e;f"\r\n${BODY}\r\n`, '0;last\r\n\r\n'],
    ['with trailers', `${SIZE}\r\n${BODY}\r\n`, '0\r\nX-Checksum: 1\r\nAuthorization: Bearer x\r\n\r\n'],
  ])('%s', async (_, chunks, end) => {
    expect(statuses(await gateway.say(chunked(chunks + end)))).toEqual([200]);
  });

  test('whose coding is written in capitals', async () => {
    expect(
      statuses(await gateway.say(chunked(`${SIZE}\r\n${BODY}\r\n0\r\n\r\n`, { coding: 'CHUNKED' }))),
    ).toEqual([200]);
  });

  test('of HTTP/1.0, which has none, and is then the last of its connection', async () => {
    const request = chunked(`${SIZE}\r\n${BODY}\r\n0\r\n\r\n`, {
      version: '1.0',
      fields: ['Connection: keep-alive'],
    });
    const text = request.toString().replace('Connection: close\r\n', '');
    expect(statuses(await gateway.say(text + NEXT))).toEqual([200]);
  });
});

/** The same on connections that are to be kept: that nothing more is read is then the gateway's doing. */
const kept: typeof post = (body, options) => post(body, { ...options, keep: true });
const keptChunks: typeof chunked = (chunks, options) =>
  Buffer.from(chunked(chunks, options).toString('latin1').replace('Connection: close\r\n', ''), 'latin1');

/** What two servers in a row may read in two ways: one request for the one is two for the other. */
describe('is refused, and nothing after it is read:', () => {
  const whole = `${SIZE}\r\n${BODY}\r\n0\r\n\r\n`;
  const length = String(BODY.length);

  test.each<[string, Buffer | string]>([
    ['the same length twice', kept(BODY, { fields: [`Content-Length: ${length}`] })],
    ['a list of lengths', kept(BODY, { length: `${length}, ${length}` })],
    ['a length with a sign', kept(BODY, { length: `+${length}` })],
    ['a length in hexadecimal', kept(BODY, { length: `0x${SIZE}` })],
    ['a length that no number holds', kept(BODY, { length: '99999999999999999999' })],
    ['chunks with a length', keptChunks(whole, { fields: [`Content-Length: ${length}`] })],
    ['a length with a coding of no chunks', kept(BODY, { fields: ['Transfer-Encoding: identity'] })],
    ['chunks in chunks', keptChunks(whole, { coding: 'chunked, chunked' })],
    ['two transfer codings in two fields', keptChunks(whole, { fields: ['Transfer-Encoding: chunked'] })],
    ['a coding that only ends like chunked', keptChunks(whole, { coding: 'xchunked' })],
    ['a coding after a control character', keptChunks(whole, { coding: '\x0bchunked' })],
    ['a name with a blank behind it', kept(BODY, { length: null, fields: [`Content-Length : ${length}`] })],
    ['a size that is no number', keptChunks(`size\r\n${BODY}\r\n0\r\n\r\n`)],
    ['a size that no number holds', keptChunks(`fffffffffffffffff\r\n${BODY}\r\n0\r\n\r\n`)],
    ['a chunk longer than its size', keptChunks(`5\r\n${BODY}\r\n0\r\n\r\n`)],
    ['chunks whose lines end in LF', keptChunks(whole.replaceAll('\r\n', '\n'))],
    [
      'a trailer that speaks of the length',
      keptChunks(`${SIZE}\r\n${BODY}\r\n0\r\nContent-Length: 5\r\n\r\n`),
    ],
    ['lines that end in LF', kept(BODY).toString().replaceAll('\r\n', '\n')],
    ['one line that ends in LF', kept(BODY, { fields: ['X-One: 1\nX-Two: 2'] })],
    ['one line that ends in CR', kept(BODY, { fields: ['X-One: 1\rX-Two: 2'] })],
    ['a folded line', kept(BODY, { fields: ['X-One: 1\r\n 2'] })],
    ['a NUL in a field', kept(BODY, { fields: ['X-One: 1\0'] })],
    ['no Host', kept(BODY).toString().replace('Host: gateway\r\n', '')],
    ['a Host twice', kept(BODY, { fields: ['HOST: gateway'] })],
    ['a version that there is not', kept(BODY, { version: '1.2' })],
    ['a method in small letters', kept(BODY).toString().replace('POST', 'post')],
    ['HTTP/2 out of the blue', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('%s', async (_, request) => {
    expect(statuses(await gateway.say(Buffer.concat([Buffer.from(request), Buffer.from(NEXT)])))).toEqual([
      400,
    ]);
  });

  test('a transfer coding that we do not read, by its room', async () => {
    const { answers } = await gateway.say(chunked(whole, { coding: 'gzip, chunked' }), NEXT);
    expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 501 Not Implemented']);
    expect(answers[0]?.body.toString()).toContain('<faultstring>Transfer-Encoding: expected chunked');
  });
});

describe('the head of a request', () => {
  test.each([
    ['lower case', (text: string) => text.toLowerCase()],
    ['upper case', (text: string) => text.toUpperCase()],
  ])('may have its names in %s', async (_, spell) => {
    const request = post(BODY).toString();
    const head = request.slice(0, request.indexOf('\r\n\r\n')).replaceAll(/^[A-Za-z-]+(?=:)/gm, spell);
    expect(statuses(await gateway.say(`${head}\r\n\r\n${BODY}`))).toEqual([200]);
  });

  test('may have thousands of fields, of which the last counts like the first', async () => {
    const many = Array.from({ length: 2_500 }, () => 'X: ');
    const request = post(BODY, { fields: many, contentType: 'image/png' });
    expect(statuses(await gateway.say(request))).toEqual([415]);
  });

  test('may come after empty lines, as old clients send one after each body', async () => {
    expect(statuses(await gateway.say('\r\n\r\n', post(BODY)))).toEqual([200]);
  });

  test.each(['http://elsewhere:81', 'HTTP://gateway', 'https://gateway'])(
    'may have a target that begins with %s, as proxies get it',
    async (origin) => {
      expect(statuses(await gateway.say(post(BODY, { path: origin + PATH })))).toEqual([200]);
    },
  );

  test('may have a Host that is none, which no answer then repeats', async () => {
    const request = `GET ${PATH}?wsdl HTTP/1.1\r\nHost: a"/><x>\r\nConnection: close\r\n\r\n`;
    const { answers } = await gateway.say(request);
    expect(answers[0]?.body.toString()).toContain(`location="http://127.0.0.1:${gateway.port}${PATH}"`);
  });
});

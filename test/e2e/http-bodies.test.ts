import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { type JobgateNode, jobgateNodes } from '../support/jobgate-node.ts';
import { type RawResponse, rawExchange } from '../support/raw-exchange.ts';
import { CLM_PATH, ClmClient, element, envelope, pidStatus } from './clm-client.ts';

const MAX_BODY = 64 * 1024;
const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';

interface Request {
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly version?: '1.0' | '1.1';
  /** As it goes over the wire, where that is not the body itself. */
  readonly framed?: Buffer;
}

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  let node: JobgateNode;
  let client: ClmClient;

  beforeAll(async () => {
    node = await nodes.serve(await engine.url(), { JOBGATE_MAX_BODY_BYTES: String(MAX_BODY) }, '--no-worker');
    client = await new ClmClient(node.origin).login();
  });

  const post = ({ body, headers = {}, version = '1.1', framed = body }: Request): Promise<RawResponse> => {
    const all: Record<string, string> = {
      Host: 'gateway',
      ...(version === '1.1' ? { Connection: 'close' } : {}),
      'Content-Type': 'text/xml; charset=utf-8',
      ...(headers['Transfer-Encoding'] ? {} : { 'Content-Length': String(body.length) }),
      ...headers,
    };
    const fields = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `POST ${CLM_PATH} HTTP/${version}\r\n${fields.join('')}\r\n`;
    return rawExchange(node.port, Buffer.concat([Buffer.from(head), framed]));
  };

  /** Adds a record to a new group; a test reads it back. */
  const addTo = (group: string, text: string, encoding?: string) =>
    envelope(
      'addPersistentIDStatus',
      client.tokenElement + pidStatus({ jobId: 'elsewhere', group, id: 'one', errorMessage: text }),
      encoding,
    );
  const storedIn = async (group: string) =>
    (await client.group(group)).records.map(({ errorMessage }) => errorMessage);
  const list = () => Buffer.from(envelope('listAllAsyncOperationJobRecords', client.tokenElement));

  const succeeds = ({ statusLine, body }: RawResponse) => {
    expect(statusLine).toBe('HTTP/1.1 200 OK');
    expect(body.toString()).toContain('<errorCode>0</errorCode>');
  };
  const faults = ({ statusLine, body }: RawResponse, status: number) => {
    expect(statusLine).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(body.toString()).toContain('<faultcode>soap:Client</faultcode>');
  };

  describe('a body', () => {
    test.each([
      ['utf-16', 'text/xml; charset=utf-16', 'UTF-16', 'utf-16', 'Grüße, Жук, 漢字, 😀'],
      ['utf-16, told by its mark alone', 'text/xml', 'UTF-16', 'utf-16', 'Grüße, Жук, 漢字, 😀'],
      ['utf-16be', 'text/xml; charset=utf-16be', 'UTF-16BE', 'utf-16be', 'Grüße, Жук, 漢字, 😀'],
      ['iso-8859-1', 'text/xml; charset=ISO-8859-1', 'ISO-8859-1', 'latin1', 'Größe 5 µm'],
      ['iso-8859-1, told by its declaration alone', 'text/xml', 'ISO-8859-1', 'latin1', 'Größe 5 µm'],
      ['windows-1252', 'text/xml; charset=windows-1252', 'windows-1252', 'win1252', '“5 €” – Œuvre'],
      ['utf-8 with a mark', 'text/xml; charset=utf-8', 'UTF-8', 'utf8', 'Grüße, 😀'],
    ])('in %s is stored as it was meant', async (name, type, declared, encoding, text) => {
      const mark = name.includes('mark') || encoding === 'utf-16';
      const body = iconv.encode(addTo(name, text, declared), encoding, { addBOM: mark });
      succeeds(await post({ body, headers: { 'Content-Type': type } }));
      expect(await storedIn(name)).toEqual([text]);
    });

    test.each([
      ['gzip', 'gzip', gzipSync],
      ['x-gzip', 'x-gzip', gzipSync],
      ['deflate', 'deflate', deflateSync],
      ['deflate without the header that it should have', 'deflate', deflateRawSync],
    ])('in %s is inflated', async (group, coding, compress) => {
      const body = compress(Buffer.from(addTo(group, 'compressed')));
      succeeds(await post({ body, headers: { 'Content-Encoding': coding } }));
      expect(await storedIn(group)).toEqual(['compressed']);
    });

    test('in chunks cut in the middle of a character is one body', async () => {
      const body = Buffer.from(addTo('chunked', '漢字'));
      const cut = body.indexOf('漢') + 1;
      const chunks = [body.subarray(0, cut), body.subarray(cut), Buffer.alloc(0)];
      const framed = Buffer.concat(
        chunks.flatMap((chunk) => [
          Buffer.from(`${chunk.length.toString(16)}\r\n`),
          chunk,
          Buffer.from('\r\n'),
        ]),
      );
      succeeds(await post({ body, framed, headers: { 'Transfer-Encoding': 'chunked' } }));
      expect(await storedIn('chunked')).toEqual(['漢字']);
    });

    test('announced with Expect: 100-continue is asked for, in HTTP/1.1 only', async () => {
      succeeds(await post({ body: list(), headers: { Expect: '100-continue' } }));
      succeeds(await post({ body: list(), headers: { Expect: '100-continue' }, version: '1.0' }));
    });

    test('over the limit is 413, as announced, as it comes and as it inflates', async () => {
      const large = Buffer.from(addTo('large', 'x'.repeat(MAX_BODY)));
      faults(await post({ body: large }), 413);
      faults(await post({ body: large, headers: { Expect: '100-continue' }, framed: Buffer.alloc(0) }), 413);
      faults(await post({ body: gzipSync(large), headers: { 'Content-Encoding': 'gzip' } }), 413);
      const framed = Buffer.concat([
        Buffer.from(`${large.length.toString(16)}\r\n`),
        large,
        Buffer.from('\r\n0\r\n\r\n'),
      ]);
      faults(await post({ body: large, framed, headers: { 'Transfer-Encoding': 'chunked' } }), 413);
    });

    test('in a charset, an encoding or of a type that nobody reads is 415', async () => {
      faults(
        await post({ body: list(), headers: { 'Content-Type': 'text/xml; charset=ebcdic-cp-us' } }),
        415,
      );
      faults(await post({ body: list(), headers: { 'Content-Encoding': 'br' } }), 415);
      faults(await post({ body: list(), headers: { 'Content-Type': 'application/json' } }), 415);
    });

    test.each([
      ['a corrupt gzip', Buffer.from('no gzip at all'), 'gzip'],
      ['a gzip cut short', gzipSync(Buffer.alloc(500, 'x')).subarray(0, 20), 'gzip'],
      ['a corrupt deflate', Buffer.from([0x78, 0x9c, 1, 2, 3]), 'deflate'],
    ])('that is %s is 400, and the process lives', async (_, body, coding) => {
      faults(await post({ body, headers: { 'Content-Encoding': coding } }), 400);
      succeeds(await post({ body: list() }));
      expect(node.exit).toBeUndefined();
    });
  });

  describe('a request', () => {
    test.each([
      ['no SOAPAction', {}],
      ['an empty SOAPAction', { SOAPAction: '""' }],
      ['a SOAPAction that names another operation', { SOAPAction: '"urn:login"' }],
    ])('with %s is what its body says', async (_, headers) => {
      const answer = await post({ body: list(), headers });
      succeeds(answer);
      expect(answer.body.toString()).toContain('<listAllAsyncOperationJobRecordsResponse ');
    });

    test('in HTTP/1.0 is answered without chunks on a connection that then closes', async () => {
      const answer = await post({ body: list(), version: '1.0' });
      succeeds(answer);
      expect(answer.headers.has('transfer-encoding')).toBe(false);
    });

    test('in SOAP 1.2 is answered in SOAP 1.2, its faults too', async () => {
      const headers = { 'Content-Type': 'application/soap+xml; charset=utf-8; action="urn:whatever"' };
      const in12 = (text: Buffer | string) =>
        Buffer.from(text.toString().replace('http://schemas.xmlsoap.org/soap/envelope/', SOAP_1_2));
      const answer = await post({ body: in12(list()), headers });
      succeeds(answer);
      expect(answer.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
      expect(answer.body.toString()).toContain(`="${SOAP_1_2}"`);

      const refused = await post({
        body: in12(envelope('asyncExecuteProgram', client.tokenElement + element('programName', 'nothing'))),
        headers,
      });
      expect(refused.statusLine).toMatch(/^HTTP\/1\.1 500 /);
      expect(refused.body.toString()).toMatch(
        /soap:Receiver<.*axis:Server\.userException<.*\[23\] PROGRAM_NOT_FOUND: /,
      );
      const wrong = await post({ body: in12(envelope('nothing', '')), headers });
      expect(wrong.statusLine).toMatch(/^HTTP\/1\.1 400 /);
      expect(wrong.body.toString()).toContain('soap:Sender<');
    });
  });
});

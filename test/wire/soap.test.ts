import { describe, expect, test } from 'vitest';
import { envelope, pidStatus, textOf } from '../e2e/clm-client.ts';
import { harmless, post, SOAP_1_1, statuses, wireGateway } from './wire-gateway.ts';

const gateway = wireGateway();
const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';
const WSA = 'http://www.w3.org/2005/08/addressing';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

/** Adds a record whose text is `text`; the answer repeats it as it was understood. */
const record = (text: string, encoding?: string) =>
  envelope(
    'addPersistentIDStatus',
    `<token><token>${gateway.token}</token></token>${pidStatus({ jobId: 'wire', group: 'wire', id: 'one', errorMessage: text })}`,
    encoding,
  );

async function understood(body: Buffer, contentType: string): Promise<string> {
  const { answers } = await gateway.say(post(body, { contentType }));
  return textOf(answers[0]?.body.toString() ?? '', 'errorMessage');
}

describe('SOAPAction decides nothing', () => {
  test.each([
    '*',
    '"*"',
    '""',
    '"logout"',
    'logout',
    "'logout'",
    '"http://clm.cisco.com/login"',
    '"urn:somebody#else"',
    '"unclosed',
    '"a" "b"',
  ])('when it is %s', async (action) => {
    const { answers } = await gateway.say(post(harmless(), { fields: [`SOAPAction: ${action}`] }));
    expect(answers[0]?.body.toString()).toContain('<logoutResponse ');
  });

  test('nor does the action of SOAP 1.2’s media type', async () => {
    const request = post(harmless().replace(SOAP_1_1, SOAP_1_2), {
      contentType: 'application/soap+xml; charset="utf-8"; action="http://clm.cisco.com/login"',
    });
    const { answers } = await gateway.say(request);
    expect(answers[0]?.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    expect(answers[0]?.body.toString()).toContain('<logoutResponse ');
  });
});

describe('the media type', () => {
  test.each([
    'text/xml',
    'TEXT/XML; CHARSET=UTF-8',
    'text/xml;charset="utf-8"',
    'text/xml;  charset = utf-8 ',
    'text/xml; charset=',
    'text/xml; charset',
    'text/xml; action="x"; charset=utf-8',
    'text/xml;',
    'application/xml',
    ' ',
  ])('may be written "%s"', async (contentType) => {
    expect(statuses(await gateway.say(post(harmless(), { contentType })))).toEqual([200]);
  });

  test.each([
    'text/xml, text/xml',
    'text/plain',
    'multipart/related; type="text/xml"; boundary=x',
    'xml',
    '+xml',
  ])('may not be %s', async (contentType) => {
    expect(statuses(await gateway.say(post(harmless(), { contentType })))).toEqual([415]);
  });
});

/** RFC 7303, section 3.2: the mark, then the Content-Type, then the declaration. */
describe('what the charset is, is said', () => {
  test('by the mark before the Content-Type', async () => {
    const marked = Buffer.from(`\uFEFF${record('é', 'ISO-8859-1')}`);
    expect(await understood(marked, 'text/xml; charset=iso-8859-1')).toBe('é');
    const wide = Buffer.from(`\uFEFF${record('é', 'UTF-8')}`, 'utf16le');
    expect(await understood(wide, 'text/xml; charset=utf-8')).toBe('é');
  });

  test('by the Content-Type before the declaration', async () => {
    expect(await understood(Buffer.from(record('é', 'ISO-8859-1')), 'text/xml; charset=utf-8')).toBe('é');
    expect(
      await understood(Buffer.from(record('é', 'UTF-8'), 'latin1'), 'text/xml; charset=iso-8859-1'),
    ).toBe('é');
  });

  test('by the declaration where nothing else does', async () => {
    expect(await understood(Buffer.from(record('é', 'ISO-8859-1'), 'latin1'), 'text/xml')).toBe('é');
    expect(
      await understood(Buffer.from(record('€', 'windows-1252').replace('€', '\x80'), 'latin1'), 'text/xml'),
    ).toBe('€');
  });

  test('by nothing: then it is UTF-8', async () => {
    expect(await understood(Buffer.from(record('é').replace(/^<\?.*?\?>/, '')), 'text/xml')).toBe('é');
  });
});

describe('header entries that nobody asks for are passed over', () => {
  test.each([
    [
      'of WS-Addressing',
      `<wsa:Action xmlns:wsa="${WSA}">http://clm.cisco.com/login</wsa:Action><wsa:To xmlns:wsa="${WSA}">http://elsewhere/</wsa:To><wsa:MessageID xmlns:wsa="${WSA}">urn:uuid:1</wsa:MessageID><wsa:ReplyTo xmlns:wsa="${WSA}"><wsa:Address>http://elsewhere/</wsa:Address></wsa:ReplyTo>`,
    ],
    [
      'of WS-Security, said to be optional',
      `<o:Security xmlns:o="${WSSE}" s:mustUnderstand="0"><o:UsernameToken><o:Username>root</o:Username><o:Password>x</o:Password></o:UsernameToken></o:Security>`,
    ],
    [
      'of our own names',
      '<token xmlns="http://clm.cisco.com">other</token><login xmlns="http://clm.cisco.com"/>',
    ],
    ['of no namespace, with comments and CDATA', '<a><!-- --><![CDATA[</s:Header>]]></a>'],
    ['that are none', ''],
  ])('%s', async (_, entries) => {
    const { answers } = await gateway.say(post(harmless(`<s:Header>${entries}</s:Header>`)));
    expect(answers[0]?.body.toString()).toContain('<logoutResponse ');
  });
});

test.each([
  `<wsa:To xmlns:wsa="${WSA}" s:mustUnderstand="1">http://a/</wsa:To>`,
  `<o:Security xmlns:o="${WSSE}" s:mustUnderstand="true"/>`,
])('a header entry that must be understood is refused, whoever’s it is: %s', async (entry) => {
  const { answers } = await gateway.say(post(harmless(`<s:Header>${entry}</s:Header>`)));
  expect(answers[0]?.body.toString()).toContain('<faultcode>soap:MustUnderstand</faultcode>');
});

describe('between the elements', () => {
  const inside = (piece: string) => harmless().replaceAll('><', `>${piece}<`);

  test.each(['<!-- a comment: <b> & -->', '\r\n\t', '<!---->\n<!-- - -->'])(
    '%j says nothing',
    async (piece) => {
      const { answers } = await gateway.say(post(inside(piece)));
      expect(answers[0]?.body.toString()).toContain('<logoutResponse ');
    },
  );

  test.each([
    ['a processing instruction', '<?xml-stylesheet href="x"?>'],
    ['a second declaration', '<?xml version="1.0"?>'],
    ['a CDATA section with something in it', '<![CDATA[x]]>'],
    ['a comment that is not closed', '<!--'],
    ['a comment with two hyphens', '<!-- -- -->'],
    ['a document type', '<!DOCTYPE s>'],
  ])('%s is refused', async (_, piece) => {
    const { answers } = await gateway.say(post(inside(piece)));
    expect(answers[0]?.body.toString()).toContain('<faultcode>soap:Client</faultcode>');
  });
});

describe('names are what their namespaces make them', () => {
  const INNER = '<token><token>nobody</token></token>';

  test.each([
    [
      'the default namespace for all',
      `<Envelope xmlns="${SOAP_1_1}"><Body><logout xmlns="http://clm.cisco.com">${INNER}</logout></Body></Envelope>`,
    ],
    [
      'one prefix with two meanings',
      `<a:Envelope xmlns:a="${SOAP_1_1}"><a:Body><a:logout xmlns:a="http://clm.cisco.com"><a:token><a:token>nobody</a:token></a:token></a:logout></a:Body></a:Envelope>`,
    ],
    [
      'two prefixes with one meaning',
      `<a:Envelope xmlns:a="${SOAP_1_1}" xmlns:b="${SOAP_1_1}"><b:Body><c:logout xmlns:c="http://clm.cisco.com"><token xmlns=""><c:token>nobody</c:token></token></c:logout></b:Body></a:Envelope>`,
    ],
    [
      'prefixes of any letters',
      `<Ж1:Envelope xmlns:Ж1="${SOAP_1_1}"><Ж1:Body><_-.:logout xmlns:_-.="http://clm.cisco.com">${INNER}</_-.:logout></Ж1:Body></Ж1:Envelope>`,
    ],
  ])('%s', async (_, request) => {
    const { answers } = await gateway.say(post(request));
    expect(answers[0]?.body.toString()).toContain('<logoutResponse ');
  });

  test('a name in the envelope’s namespace by mistake is no operation', async () => {
    const { answers } = await gateway.say(
      post(harmless().replace(' xmlns="http://clm.cisco.com"', ` xmlns="${SOAP_1_1}"`)),
    );
    expect(answers[0]?.statusLine).toBe('HTTP/1.1 500 Internal Server Error');
    expect(answers[0]?.body.toString()).toContain('<faultcode>soap:Client</faultcode>');
  });
});

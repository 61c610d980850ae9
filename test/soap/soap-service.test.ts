import { describe, expect, test } from 'vitest';
import { compileContract } from '../../src/soap/contract.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { faultReply, type SoapReply } from '../../src/soap/soap-reply.ts';
import { type OperationHandler, SoapService } from '../../src/soap/soap-service.ts';
import { envelope, LIMITS, NAMESPACE, NO_RULES, SOAP_1_1, SOAP_1_2, WSDL } from './clm.ts';

const contract = await compileContract(WSDL, NO_RULES);
const OK = { errorCode: 0, errorMessage: null };
const LOGOUT = `<logout xmlns="${NAMESPACE}"><token><token>t</token><timeout>0</timeout></token></logout>`;
const LOGOUT_ANSWER = `<logoutResponse xmlns="${NAMESPACE}"><logoutResult><errorCode>0</errorCode><errorMessage xsi:nil="true"/></logoutResult></logoutResponse>`;

function serviceWith(logout: OperationHandler<string>): SoapService<string> {
  const operations = Object.fromEntries(
    [...contract.operations.keys()].map((name) => [name, async () => Promise.reject(new Error(name))]),
  );
  return new SoapService({
    contract,
    operations: { ...operations, logout },
    toFault: () =>
      new SoapFault('Server', 'java.rmi.RemoteException: [1] SYSTEM_ERROR', { subcode: 'userException' }),
    limits: LIMITS,
  });
}

const service = serviceWith(async () => OK);

function ask(document: string | Buffer, contentType?: string, asked = service): Promise<SoapReply> {
  return asked.handle({ body: Buffer.from(document), contentType }, 'call');
}

/** Status, fault and operation in one line, and the fault's text where there is one. */
async function outcomeOf(document: string | Buffer, contentType?: string, asked = service): Promise<string> {
  const { status, fault, operation, body } = await ask(document, contentType, asked);
  const text = /<faultstring>(.*)<\/faultstring>|<soap:Text xml:lang="en">(.*)<\/soap:Text>/.exec(
    body as string,
  );
  return `${status} ${fault} ${operation}${text ? `: ${text[1] ?? text[2]}` : ''}`;
}

const fault11 = (code: string, text: string) =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SOAP_1_1}"><soap:Body><soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${text}</faultstring></soap:Fault></soap:Body></soap:Envelope>`;
const fault12 = (code: string, text: string, header = '') =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SOAP_1_2}">${header}<soap:Body><soap:Fault><soap:Code>${code}</soap:Code><soap:Reason><soap:Text xml:lang="en">${text}</soap:Text></soap:Reason></soap:Fault></soap:Body></soap:Envelope>`;

describe('a request', () => {
  test('is answered with the handler’s result, in the version that it was made in', async () => {
    const reply11 = await ask(envelope(LOGOUT), 'text/xml; charset=utf-8');
    expect(reply11).toMatchObject({
      status: 200,
      contentType: 'text/xml; charset=utf-8',
      operation: 'logout',
      fault: null,
    });
    expect(reply11.body).toContain(`<soap:Envelope xmlns:soap="${SOAP_1_1}"`);
    expect(reply11.body).toContain(LOGOUT_ANSWER);
    const reply12 = await ask(envelope(LOGOUT, { soap: SOAP_1_2 }), 'application/soap+xml');
    expect(reply12).toMatchObject({ status: 200, contentType: 'application/soap+xml; charset=utf-8' });
    expect(reply12.body).toContain(`<soap:Envelope xmlns:soap="${SOAP_1_2}"`);
  });

  test('reaches the handler as checked values, with what it is to know of the call', async () => {
    let seen: unknown;
    await ask(
      envelope(LOGOUT),
      undefined,
      serviceWith(async (args, call) => {
        seen = { args, call };
        return OK;
      }),
    );
    expect(seen).toEqual({
      args: { token: { token: 't', username: null, timeout: 0, sslEnabled: false } },
      call: 'call',
    });
  });

  test.each([
    undefined,
    '',
    'text/xml',
    'TEXT/XML;charset="UTF-8"',
    'application/xml',
    'application/soap+xml; charset=utf-8; action="urn:other"',
    'text/xml; charset=',
  ])('may come as %j', async (contentType) => {
    expect(await outcomeOf(envelope(LOGOUT), contentType)).toBe('200 null logout');
  });

  test.each(['utf-16le', 'latin1'] as const)('may come in %s', async (encoding) => {
    const charset = encoding === 'latin1' ? 'iso-8859-1' : 'utf-16';
    const body = Buffer.from(envelope(LOGOUT), encoding);
    expect(await outcomeOf(body, `text/xml; charset=${charset}`)).toBe('200 null logout');
  });

  test.each([
    ['without a Header', ''],
    ['with an empty Header', '<e:Header/>'],
    ['with a Header that may be passed over', '<e:Header><h xmlns="urn:h"><x>y</x></h></e:Header>'],
    ['with mustUnderstand 0', '<e:Header><h e:mustUnderstand="0" xmlns="urn:h"/></e:Header>'],
    [
      'with mustUnderstand for somebody else',
      '<e:Header><h e:mustUnderstand="1" e:actor="urn:x" xmlns="urn:h"/></e:Header>',
    ],
  ])('%s is answered', async (_what, header) => {
    expect(await outcomeOf(envelope(LOGOUT, { header }))).toBe('200 null logout');
  });

  test('may have elements behind the Body in SOAP 1.1, not in 1.2', async () => {
    const trailing = (soap: string) =>
      envelope(LOGOUT, { soap }).replace('</e:Body>', '</e:Body><x><y/></x>');
    expect(await outcomeOf(trailing(SOAP_1_1))).toBe('200 null logout');
    expect(await outcomeOf(trailing(SOAP_1_2))).toBe(
      '400 Client logout: /Envelope/x: an element after the Body',
    );
  });
});

describe('what is no SOAP', () => {
  test.each([
    ['nothing', '', undefined, '400 Client null: the document has no element (line 1, column 1)'],
    ['no XML', 'login=admin', undefined, '400 Client null: text before the root element (line 1, column 1)'],
    [
      'other XML',
      '<html/>',
      'text/xml',
      '400 Client null: the root element is html; expected a SOAP envelope',
    ],
    [
      'a document type',
      '<!DOCTYPE a><a/>',
      'text/xml',
      '400 Client null: a document type declaration is not accepted (line 1, column 1)',
    ],
    [
      'JSON',
      '{}',
      'application/json',
      '415 Client null: "application/json" is no SOAP; expected text/xml or application/soap+xml',
    ],
    [
      'attachments',
      envelope(LOGOUT),
      'multipart/related; type="text/xml"',
      '415 Client null: "multipart/related" is no SOAP; expected text/xml or application/soap+xml',
    ],
    [
      'an unknown charset',
      envelope(LOGOUT),
      'text/xml; charset=koi8-r',
      '415 Client null: charset "koi8-r" is not supported',
    ],
    [
      'bytes of another charset',
      Buffer.from([0x3c, 0xe4]),
      'text/xml; charset=utf-8',
      '400 Client null: the bytes are not well-formed utf-8',
    ],
  ])('%s', async (_what, document, contentType, outcome) => {
    expect(await outcomeOf(document, contentType)).toBe(outcome);
  });

  test('is answered with a fault of SOAP 1.1, unless the Content-Type is that of 1.2', async () => {
    expect(await ask('x')).toEqual({
      status: 400,
      contentType: 'text/xml; charset=utf-8',
      body: fault11('Client', 'text before the root element (line 1, column 1)'),
      operation: null,
      fault: 'Client',
    });
    expect(await ask('x', 'application/soap+xml')).toEqual({
      status: 400,
      contentType: 'application/soap+xml; charset=utf-8',
      body: fault12(
        '<soap:Value>soap:Sender</soap:Value>',
        'text before the root element (line 1, column 1)',
      ),
      operation: null,
      fault: 'Client',
    });
  });
});

describe('an envelope that is not as it should be', () => {
  const path = '/Envelope/Body';
  test.each([
    [
      'cut off',
      envelope(LOGOUT).slice(0, -1),
      '500 Client logout: &lt;/e:Envelope&gt; is expected here (line 1, column',
    ],
    [
      'empty',
      `<e:Envelope xmlns:e="${SOAP_1_1}"/>`,
      '500 Client null: /Envelope: expected Header or Body, the element is missing',
    ],
    [
      'without a Body',
      `<e:Envelope xmlns:e="${SOAP_1_1}"><e:Header/></e:Envelope>`,
      '500 Client null: /Envelope: expected Body, the element is missing',
    ],
    [
      'with a Body of another namespace',
      `<e:Envelope xmlns:e="${SOAP_1_1}"><Body/></e:Envelope>`,
      "500 Client null: /Envelope/Body: expected Header or Body in the envelope's namespace",
    ],
    [
      'with something else',
      `<e:Envelope xmlns:e="${SOAP_1_1}"><e:Foot/></e:Envelope>`,
      '500 Client null: /Envelope/Foot: expected Body',
    ],
    ['with an empty Body', envelope(' '), `500 Client null: ${path}: the Body is empty`],
    [
      'with text in the Body',
      envelope('logout'),
      `500 Client null: ${path}: expected one element, got the text "logout"`,
    ],
    [
      'with two elements in the Body',
      envelope(LOGOUT + LOGOUT),
      `500 Client logout: ${path}/logout: a second element in the Body`,
    ],
    [
      'with an unknown operation',
      envelope(`<format xmlns="${NAMESPACE}"/>`),
      `500 Client null: ${path}/format: there is no operation "{${NAMESPACE}}format"; they are in the namespace ${NAMESPACE}`,
    ],
    [
      'with an operation of no namespace',
      envelope('<logout/>'),
      `500 Client null: ${path}/logout: there is no operation "{}logout"; they are in the namespace ${NAMESPACE}`,
    ],
    [
      'with an operation called like a property',
      envelope(`<constructor xmlns="${NAMESPACE}"/>`),
      `500 Client null: ${path}/constructor: there is no operation`,
    ],
    [
      'with a wrong value',
      envelope(LOGOUT.replace('>0<', '>1.0<')),
      `500 Client logout: ${path}/logout/token/timeout: expected xsd:int, got "1.0"`,
    ],
    [
      'deeper than the limit',
      envelope('<a>'.repeat(40)),
      '500 Client null: /Envelope/Body/a: there is no operation',
    ],
    [
      'with a broken mustUnderstand',
      envelope(LOGOUT, { header: '<e:Header><h e:mustUnderstand="x" xmlns="urn:h"/></e:Header>' }),
      '500 Client null: /Envelope/Header/h: expected xsd:boolean in mustUnderstand, got "x"',
    ],
  ])('%s', async (_what, document, outcome) => {
    expect(await outcomeOf(document)).toContain(outcome);
  });

  test('reaches no handler, even when only its end is wrong', async () => {
    let called = false;
    const asked = serviceWith(async () => {
      called = true;
      return OK;
    });
    await ask(`${envelope(LOGOUT)}<x/>`, undefined, asked);
    expect(called).toBe(false);
  });
});

describe('faults, byte for byte', () => {
  test('Client', async () => {
    const wrong = LOGOUT.replace('>0<', '>&lt;x&gt;<');
    const text = '/Envelope/Body/logout/token/timeout: expected xsd:int, got "&lt;x&gt;"';
    expect(await ask(envelope(wrong))).toMatchObject({ status: 500, body: fault11('Client', text) });
    expect(await ask(envelope(wrong, { soap: SOAP_1_2 }))).toMatchObject({
      status: 400,
      contentType: 'application/soap+xml; charset=utf-8',
      body: fault12('<soap:Value>soap:Sender</soap:Value>', text),
      fault: 'Client',
    });
  });

  test('Server.userException, from whatever the handler threw', async () => {
    const cause = new Error('SELECT secret FROM /var/lib');
    const asked = serviceWith(async () => Promise.reject(cause));
    const text = 'java.rmi.RemoteException: [1] SYSTEM_ERROR';
    expect(await ask(envelope(LOGOUT), undefined, asked)).toEqual({
      status: 500,
      contentType: 'text/xml; charset=utf-8',
      body: fault11('Server.userException', text),
      operation: 'logout',
      fault: 'Server.userException',
      cause,
    });
    const code =
      '<soap:Value>soap:Receiver</soap:Value><soap:Subcode><soap:Value xmlns:axis="http://xml.apache.org/axis/">axis:Server.userException</soap:Value></soap:Subcode>';
    expect(await ask(envelope(LOGOUT, { soap: SOAP_1_2 }), undefined, asked)).toMatchObject({
      status: 500,
      body: fault12(code, text),
    });
  });

  test('a SoapFault of the handler’s own is answered as it is', async () => {
    const asked = serviceWith(async () => Promise.reject(new SoapFault('Client', 'no & <never>')));
    expect(await ask(envelope(LOGOUT), undefined, asked)).toMatchObject({
      status: 500,
      body: fault11('Client', 'no &amp; &lt;never&gt;'),
    });
  });

  test('VersionMismatch is answered in SOAP 1.1', async () => {
    const reply = await ask(envelope(LOGOUT, { soap: 'urn:soap' }), 'application/soap+xml');
    expect(reply).toEqual({
      status: 500,
      contentType: 'text/xml; charset=utf-8',
      body: fault11(
        'VersionMismatch',
        `the envelope's namespace is "urn:soap"; expected ${SOAP_1_1} or ${SOAP_1_2}`,
      ),
      operation: null,
      fault: 'VersionMismatch',
    });
  });

  test.each([
    ['', SOAP_1_1],
    ['e:actor=""', SOAP_1_1],
    ['e:actor="http://schemas.xmlsoap.org/soap/actor/next"', SOAP_1_1],
    ['e:role="http://www.w3.org/2003/05/soap-envelope/role/next"', SOAP_1_2],
    ['e:role="http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"', SOAP_1_2],
  ])('MustUnderstand, for a header entry that is for us: %s', async (role, soap) => {
    const header = `<e:Header><ok xmlns="urn:h"/><h:sec xmlns:h="urn:h" e:mustUnderstand="1" ${role}/></e:Header>`;
    const text = 'the header entry "{urn:h}sec" is not understood';
    const reply = await ask(envelope(LOGOUT, { soap, header }));
    expect(reply).toMatchObject({ status: 500, operation: null, fault: 'MustUnderstand' });
    expect(reply.body).toBe(
      soap === SOAP_1_1
        ? fault11('MustUnderstand', text)
        : fault12(
            '<soap:Value>soap:MustUnderstand</soap:Value>',
            text,
            '<soap:Header><soap:NotUnderstood qname="h:sec" xmlns:h="urn:h"/></soap:Header>',
          ),
    );
  });

  test('a header entry without a namespace is no reason for an answer that is not well-formed', async () => {
    const header = '<e:Header><h e:mustUnderstand="1"/></e:Header>';
    const reply = await ask(envelope(LOGOUT, { soap: SOAP_1_2, header }));
    expect(reply.body).not.toContain('NotUnderstood');
  });

  test('what went wrong before SOAP came into it has the status that it is given', () => {
    expect(faultReply(413, new SoapFault('Client', 'the body is larger than 1 MiB'))).toEqual({
      status: 413,
      contentType: 'text/xml; charset=utf-8',
      body: fault11('Client', 'the body is larger than 1 MiB'),
      operation: null,
      fault: 'Client',
    });
  });
});

describe('a service', () => {
  test('answers with a fault when its own table of faults fails', async () => {
    const operations = Object.fromEntries(
      [...contract.operations.keys()].map((name) => [name, async () => Promise.reject(new Error('a'))]),
    );
    const broken = new SoapService({
      contract,
      operations,
      toFault: () => {
        throw new Error('b');
      },
      limits: LIMITS,
    });
    expect(await outcomeOf(envelope(LOGOUT), undefined, broken)).toBe('500 Server logout: internal error');
  });

  test('answers with a fault when a result is not what the contract promises', async () => {
    const outcome = await outcomeOf(
      envelope(LOGOUT),
      undefined,
      serviceWith(async () => ({ errorCode: 'x' })),
    );
    expect(outcome).toContain('500 Server.userException logout');
  });

  test('answers with a fault when a stream fails before there is anything to send', async () => {
    const page = `<listPersistentIDStatus xmlns="${NAMESPACE}"><token><token/><timeout>0</timeout></token><id/><pageinfo><offset>0</offset><max>1</max></pageinfo></listPersistentIDStatus>`;
    const rest = Object.fromEntries([...contract.operations.keys()].map((name) => [name, async () => null]));
    const failing = {
      [Symbol.asyncIterator]: () => ({ next: async () => Promise.reject(new Error('the store is gone')) }),
    };
    const result = { status: OK, pagination: { offset: 0, max: 1 }, total: 0, items: failing };
    const streaming = new SoapService({
      contract,
      operations: { ...rest, listPersistentIDStatus: async () => result },
      toFault: () => new SoapFault('Server', 'gone'),
      limits: LIMITS,
    });
    expect(await outcomeOf(envelope(page), undefined, streaming)).toBe(
      '500 Server listPersistentIDStatus: gone',
    );
  });

  test('is not made unless every operation has a handler, and every handler an operation', () => {
    const all = Object.fromEntries([...contract.operations.keys()].map((name) => [name, async () => null]));
    const { login: _login, logout: _logout, ...some } = all;
    const make = (operations: typeof all) => () =>
      new SoapService({ contract, operations, toFault: () => new SoapFault('Server', ''), limits: LIMITS });
    expect(make(some)).toThrow('operations without a handler: login, logout');
    expect(make({ ...all, format: async () => null })).toThrow('handlers for no operation: format');
    expect(make(all)).not.toThrow();
  });
});

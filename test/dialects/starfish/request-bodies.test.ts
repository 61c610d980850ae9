import { describe, expect, test } from 'vitest';
import { roomUnderTest, walk } from './room-under-test.ts';

const NAMESPACE = 'http://schemas.datacontract.org/2004/07/StarfishAPI.Controllers';
const ROUTES = ['/v1/ExecuteJobAsync', '/v1/ExecuteJob'] as const;
const CLASSES = { '/v1/ExecuteJobAsync': 'execJobAsyncRequest', '/v1/ExecuteJob': 'execJobRequest' } as const;

const room = roomUnderTest({ JOBGATE_MAX_BODY_BYTES: '20000', JOBGATE_MAX_XML_DEPTH: '8' });

const xml = (content: string, root = 'execJobAsyncRequest', namespace = NAMESPACE) =>
  `<${root} xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="${namespace}">${content}</${root}>`;
const xmlWalk = (runID: string, more = '') =>
  `<runID>${runID}</runID><projectID>sample</projectID><jobID>walk</jobID>${more}`;
const typed = (type: string, body: string | Buffer) => ({ body, headers: { 'Content-Type': type } });

describe('a request is read', () => {
  const startedBy = async (sent: { body: string | Buffer; headers: Record<string, string> }) => {
    const { status, json } = await room.ask('POST', '/v1/ExecuteJobAsync', sent);
    expect(status).toBe(200);
    return json;
  };

  test.each([
    ['application/json', JSON.stringify(walk('json'))],
    ['text/json; charset=utf-8', JSON.stringify(walk('text json'))],
    ['APPLICATION/JSON', JSON.stringify(walk('capitals'))],
    ['application/xml', xml(xmlWalk('xml'))],
    ['text/xml; charset=utf-8', xml(xmlWalk('text xml'))],
    ['application/x-www-form-urlencoded', 'runID=form&projectID=sample&jobID=walk'],
    ['application/x-www-form-urlencoded; charset=UTF-8', 'RUNID=form+2&projectid=sample&JobId=walk'],
  ])('from %s', async (type, body) => {
    expect(await startedBy(typed(type, body))).toMatchObject({ started: true, error: null });
  });

  test('from JSON in UTF-16 and with a byte order mark', async () => {
    const utf16 = Buffer.from(`\ufeff${JSON.stringify(walk('sechzehn ü'))}`, 'utf16le');
    expect(await startedBy(typed('application/json', utf16))).toMatchObject({ runID: 'sechzehn ü' });
  });

  test('from XML in ISO-8859-1', async () => {
    const body = Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>${xml(xmlWalk('grün'))}`, 'latin1');
    expect(await startedBy(typed('application/xml', body))).toMatchObject({ runID: 'grün' });
  });

  test('from JSON whatever the case of its names, and the last of a name that comes twice counts', async () => {
    const body = '{"RUNID":"first","runId":"last","PROJECTid":"sample","jobid":"walk","unknown":{"a":[1]}}';
    expect(await startedBy(typed('application/json', body))).toMatchObject({ runID: 'last', started: true });
  });

  test('from XML in any order of elements, with some that it does not know and with nils', async () => {
    const body = xml(
      '<threadCount>2</threadCount><runID>any order</runID><unknown><a/></unknown><argument i:nil="true"/>' +
        '<jobID>walk</jobID><o:runID xmlns:o="urn:other">other</o:runID><chainJobs>1</chainJobs><projectID>sample</projectID>',
    );
    expect(await startedBy(typed('application/xml', body))).toMatchObject({
      runID: 'any order',
      started: true,
    });
  });

  test('from a form whose empty fields are none', async () => {
    const body =
      'runID=empties&projectID=sample&jobID=walk&argument=&beginAtRow=&chainJobs=&loggingLevel=&webHookURL=';
    expect(await startedBy(typed('application/x-www-form-urlencoded', body))).toMatchObject({
      started: true,
    });
  });
});

const mistakes = (error: string) => ({
  Message: 'The request is invalid.',
  ModelState: { request: [error] },
});
const message = (text: string) => ({ Message: text });

describe.each(ROUTES)('%s takes no', (route) => {
  const root = CLASSES[route];

  test.each<[string, string | undefined, string | Buffer, number, unknown]>([
    ['empty body', 'application/json', '', 400, mistakes('A non-empty request body is required.')],
    [
      'JSON that is cut short',
      'application/json',
      '{"runID":"r"',
      400,
      mistakes('line 1, column 13: expected "," or "}"'),
    ],
    ['array', 'application/json', '[]', 400, mistakes('The JSON value must be an object.')],
    ['null', 'application/json', 'null', 400, mistakes('The JSON value must be an object.')],
    [
      'too many members',
      'application/json',
      JSON.stringify(Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`m${at}`, 1]))),
      400,
      mistakes('The JSON object may have at most 1000 members.'),
    ],
    ['text', 'application/json', '"r"', 400, mistakes('The JSON value must be an object.')],
    [
      'bytes that are no UTF-8',
      'application/json',
      Buffer.from('{"runID":"\xfc"}', 'latin1'),
      400,
      mistakes("the body's bytes are not well-formed utf-8"),
    ],
    [
      'charset that is not read',
      'application/json; charset=koi8-r',
      JSON.stringify(walk('koi8')),
      415,
      message(
        "the body's charset is not supported; expected utf-8, utf-16, iso-8859-1, windows-1252 or us-ascii",
      ),
    ],
    [
      'charset that is not read, of XML',
      'application/xml; charset=koi8-r',
      xml(xmlWalk('koi8'), root),
      415,
      message('charset "koi8-r" is not supported'),
    ],
    [
      'XML that is cut short',
      'application/xml',
      '<execJobAsyncRequest>',
      400,
      mistakes('the document ends inside <execJobAsyncRequest> (line 1, column 22)'),
    ],
    [
      'XML with a document type',
      'application/xml',
      `<!DOCTYPE a [<!ENTITY b "c">]>${xml(xmlWalk('dtd'), root)}`,
      400,
      expect.objectContaining({ Message: 'The request is invalid.' }),
    ],
    [
      'XML that is too deep',
      'application/xml',
      xml('<a>'.repeat(9) + '</a>'.repeat(9), root),
      400,
      mistakes(`more than 8 levels of elements (line 1, column ${xml('', root).indexOf('></') + 2 + 7 * 3})`),
    ],
    [
      'XML of another namespace',
      'application/xml',
      xml(xmlWalk('elsewhere'), root, 'urn:other'),
      400,
      mistakes(
        `Expecting element '${root}' from namespace '${NAMESPACE}'. Encountered 'Element' with name '${root}', namespace 'urn:other'.`,
      ),
    ],
    [
      'XML of another class',
      'text/xml',
      xml(xmlWalk('class'), 'execRequest'),
      400,
      mistakes(
        `Expecting element '${root}' from namespace '${NAMESPACE}'. Encountered 'Element' with name 'execRequest', namespace '${NAMESPACE}'.`,
      ),
    ],
    [
      'XML with an element that comes twice',
      'application/xml',
      xml(xmlWalk('twice', '<runID>again</runID>'), root),
      400,
      mistakes('The element runID is there more than once.'),
    ],
    [
      'form with a field that comes twice',
      'application/x-www-form-urlencoded',
      'runID=a&projectID=sample&jobID=walk&RunId=b',
      400,
      mistakes('The form has the field RunId more than once.'),
    ],
    [
      'form with a broken escape',
      'application/x-www-form-urlencoded',
      'runID=%zz',
      400,
      mistakes('field 1 of the form: a % must begin an escape (%XX), and escapes must be UTF-8'),
    ],
    [
      'other media type',
      'text/plain',
      JSON.stringify(walk('plain')),
      415,
      message("The request entity's media type 'text/plain' is not supported for this resource."),
    ],
    [
      'body without a media type',
      undefined,
      Buffer.from(JSON.stringify(walk('untyped'))),
      415,
      message(
        "The request entity's media type 'application/octet-stream' is not supported for this resource.",
      ),
    ],
    [
      'body that is too large',
      'application/json',
      JSON.stringify(walk('large', { argument: 'x'.repeat(20_000) })),
      413,
      expect.objectContaining({ Message: expect.stringContaining('20000') }),
    ],
  ])('%s', async (_what, type, body, status, error) => {
    const before = (await room.jobs()).length;
    const headers = type === undefined ? {} : { 'Content-Type': type };
    const answer = await room.ask('POST', route, { body, headers });
    expect([answer.status, answer.json]).toEqual([status, error]);
    expect(await room.jobs()).toHaveLength(before);
  });

  test('request with wrong members, whatever its format, and stores nothing', async () => {
    const before = (await room.jobs()).length;
    const error = {
      Message: 'The request is invalid.',
      ModelState: { 'request.jobID': ['The jobID field is required.'] },
    };
    for (const sent of [
      typed('application/json', '{"runID":"r","projectID":"sample"}'),
      typed('application/xml', xml('<runID>r</runID><projectID>sample</projectID>', root)),
      typed('application/x-www-form-urlencoded', 'runID=r&projectID=sample&jobID='),
    ]) {
      const answer = await room.ask('POST', route, sent);
      expect([answer.status, answer.json]).toEqual([400, error]);
    }
    expect(await room.jobs()).toHaveLength(before);
  });
});

describe('errors in XML', () => {
  test('have the members under their names', async () => {
    const { status, headers, text } = await room.post(
      '/v1/ExecuteJobAsync',
      { runID: 'r', projectID: 'p' },
      {
        headers: { Accept: 'application/xml' },
      },
    );
    expect([status, headers.get('content-type'), text]).toEqual([
      400,
      'application/xml; charset=utf-8',
      '<Error><Message>The request is invalid.</Message>' +
        '<ModelState><request.jobID>The jobID field is required.</request.jobID></ModelState></Error>',
    ]);
  });
});

test.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['text/html, application/xhtml+xml', 'application/json'],
  ['text/json', 'text/json'],
  ['text/xml', 'text/xml'],
  ['application/xml;q=0.9, text/html', 'application/xml'],
  ['application/xml;q=0.5, application/json', 'application/json'],
])('Accept: %s is answered in %s', async (accept, type) => {
  const headers = accept === undefined ? { Accept: '*/*' } : { Accept: accept };
  const answer = await room.ask('GET', '/v1/Results/none', { headers });
  expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
});

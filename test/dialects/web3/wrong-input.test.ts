import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { JSON_TYPE, job, roomUnderTest, XML } from './room-under-test.ts';

const room = roomUnderTest({ JOBGATE_MAX_BODY_BYTES: '70000', JOBGATE_MAX_JOB_DATA_BYTES: '2000' });

let created: string;
beforeAll(async () => {
  created = await room.create();
});

type Row = [
  what: string,
  status: number,
  message: RegExp | string,
  body: string | Uint8Array,
  headers?: Record<string, string>,
];

const TYPES = 'Transaction, Import, Export or SchemaSync';
const NUMBERS = '1, 2, 3 or 4';
const LIST = /^Parameters: expected Name=Value;Name2=Value2/;

const xmlJob = (attributes: string, content = '<Parameters/>') => `<Job ${attributes}>${content}</Job>`;

const IN_XML: Row[] = [
  ['there is no body', 400, 'the body is empty; expected a Job', ''],
  ['Type is absent', 400, `Type is missing; expected ${TYPES}`, xmlJob('Status="Queued"')],
  ['Type is empty', 400, `Type: expected ${TYPES}`, xmlJob('Type="" Status="Queued"')],
  ['Type is unknown', 400, `Type: expected ${TYPES}`, xmlJob('Type="Backup" Status="Queued"')],
  ['Type is reserved', 400, `Type: expected ${TYPES}`, xmlJob('Type="Null" Status="Queued"')],
  ['Type is of another case', 400, `Type: expected ${TYPES}`, xmlJob('Type="IMPORT" Status="Queued"')],
  ['Type is a number', 400, `Type: expected ${TYPES}`, xmlJob('Type="2" Status="Queued"')],
  [
    'Type is too long',
    400,
    `Type: expected ${TYPES}`,
    xmlJob(`Type="${'x'.repeat(60_000)}" Status="Queued"`),
  ],
  ['Type is there twice', 400, /stands there twice/, xmlJob('Type="Import" Type="Export" Status="Queued"')],
  [
    'Type is in a namespace',
    400,
    /^Type is missing/,
    xmlJob('xmlns:a="urn:a" a:Type="Import" Status="Queued"'),
  ],
  ['Status is absent', 400, 'Status is missing; expected Created or Queued', xmlJob('Type="Import"')],
  ['Status is empty', 400, 'Status: expected Created or Queued', xmlJob('Type="Import" Status=""')],
  [
    'Status is Processing',
    400,
    'Status: expected Created or Queued',
    xmlJob('Type="Import" Status="Processing"'),
  ],
  ['Status is Unknown', 400, 'Status: expected Created or Queued', xmlJob('Type="Import" Status="Unknown"')],
  ['Status is a number', 400, 'Status: expected Created or Queued', xmlJob('Type="Import" Status="1"')],
  ['Parameters are no pairs', 400, LIST, job('Queued', 'abc')],
  ['a parameter has no name', 400, 'a parameter has no name', job('Queued', 'a=1;=2')],
  ['a pair is empty', 400, LIST, job('Queued', 'a=1;;b=2')],
  ['a parameter is there twice', 400, 'the parameter "a" is there twice', job('Queued', 'a=1;b=2;a=3')],
  ['a name is too long', 400, /at most 255 characters/, job('Queued', `${'n'.repeat(256)}=1`)],
  ['a name has control characters', 400, /control characters/, job('Queued', 'a&#x9;b=1')],
  ['Parameters are too long', 400, /at most 65536 characters/, job('Queued', `a=${'v'.repeat(65_536)}`)],
  [
    'Parameters are there twice',
    400,
    '<Parameters> is there twice',
    xmlJob('Type="Import" Status="Queued"', '<Parameters/><Parameters/>'),
  ],
  [
    'Parameters have elements',
    400,
    '<Parameters> may hold only text',
    xmlJob('Type="Import" Status="Queued"', '<Parameters><a/></Parameters>'),
  ],
  ['the program is unknown', 400, 'there is no program named "x"', job('Queued', 'Program=x')],
  ['the program is empty', 400, 'there is no program named ""', job('Queued', 'Program=')],
  ['the root is another', 400, /expected the root element <Job> in no namespace, not <Jobs>/, '<Jobs/>'],
  [
    'the root is in a namespace',
    400,
    /not <Job> in the namespace "urn:a"/,
    '<Job xmlns="urn:a" Type="Import" Status="Queued"/>',
  ],
  ['it is no XML', 400, /text before the root element/, '{"JobType":2}'],
  ['it ends too soon', 400, /the document ends inside <Job>/, '<Job Type="Import" Status="Queued">'],
  ['it has a document type', 400, /document type declaration/, '<!DOCTYPE Job [<!ENTITY a "b">]><Job/>'],
  ['it is too deep', 400, /more than 64 levels/, '<a>'.repeat(65)],
  ['its bytes are not of its charset', 400, /not well-formed utf-8/, Buffer.from([0x3c, 0xff, 0x3e])],
  [
    'its charset is unknown',
    415,
    /charset "ebcdic" is not supported/,
    job('Queued'),
    { 'Content-Type': 'text/xml; charset=ebcdic' },
  ],
  [
    'it is a form',
    415,
    /^Content-Type: expected application\/xml/,
    'a=1',
    { 'Content-Type': 'application/x-www-form-urlencoded' },
  ],
  [
    'it is a page',
    415,
    /^Content-Type: expected application\/xml/,
    job('Queued'),
    { 'Content-Type': 'text/html', Accept: 'text/xml' },
  ],
  ['it is too large', 413, /70000/, job('Queued', 'x'.repeat(70_000))],
  ['its coding is unknown', 415, /Content-Encoding/, job('Queued'), { ...XML, 'Content-Encoding': 'br' }],
  ['its coding is corrupt', 400, /gzip/, job('Queued'), { ...XML, 'Content-Encoding': 'gzip' }],
];

const jsonJob = (more: object) => JSON.stringify({ JobType: 2, Status: 1, Parameters: '', ...more });

const IN_JSON: Row[] = [
  ['there is no body', 400, 'the body is empty; expected a Job', ''],
  ['JobType is absent', 400, `JobType is missing; expected ${NUMBERS}`, '{"Status":1}'],
  ['JobType is null', 400, `JobType is missing; expected ${NUMBERS}`, jsonJob({ JobType: null })],
  ['JobType is reserved', 400, `JobType: expected ${NUMBERS}`, jsonJob({ JobType: 0 })],
  ['JobType is unknown', 400, `JobType: expected ${NUMBERS}`, jsonJob({ JobType: 5 })],
  ['JobType is a fraction', 400, `JobType: expected ${NUMBERS}`, jsonJob({ JobType: 2.5 })],
  ['JobType is a name', 400, 'JobType: expected a number', jsonJob({ JobType: 'Import' })],
  ['JobType is a list', 400, 'JobType: expected a number', jsonJob({ JobType: [2] })],
  ['JobType is true', 400, 'JobType: expected a number', jsonJob({ JobType: true })],
  [
    'JobType is there twice',
    400,
    'the member "JobType" is there twice',
    '{"JobType":2,"Status":1,"JobType":3}',
  ],
  ['Status is absent', 400, 'Status is missing; expected 0 (Created) or 1 (Queued)', '{"JobType":2}'],
  ['Status is 2', 400, 'Status: expected 0 (Created) or 1 (Queued)', jsonJob({ Status: 2 })],
  ['Status is 99', 400, 'Status: expected 0 (Created) or 1 (Queued)', jsonJob({ Status: 99 })],
  ['Status is a name', 400, 'Status: expected a number', jsonJob({ Status: 'Queued' })],
  ['Parameters are an object', 400, 'Parameters: expected a string', jsonJob({ Parameters: { a: '1' } })],
  ['Parameters are a number', 400, 'Parameters: expected a string', jsonJob({ Parameters: 1 })],
  ['Parameters are no pairs', 400, LIST, jsonJob({ Parameters: 'abc' })],
  ['a parameter is there twice', 400, 'the parameter "a" is there twice', jsonJob({ Parameters: 'a=1;a=2' })],
  [
    'a parameter is half a pair of surrogates',
    400,
    /not well-formed Unicode/,
    jsonJob({ Parameters: 'a=\uD83D' }),
  ],
  [
    'Parameters are too long',
    400,
    /at most 65536 characters/,
    jsonJob({ Parameters: `a=${'v'.repeat(65_536)}` }),
  ],
  ['it is an array', 400, /^expected an object/, '[]'],
  ['it is null', 400, /^expected an object/, 'null'],
  ['it is a string', 400, /^expected an object/, '"Job"'],
  ['it is no JSON', 400, /^line 1, column 1/, '<Job/>'],
  ['it ends too soon', 400, /^line 1, column 13/, '{"JobType":2'],
  ['it is too deep', 400, /at most 64 levels/, '['.repeat(65)],
  ['its bytes are not of its charset', 400, /not well-formed/, Buffer.from([0x22, 0xff, 0x22])],
  [
    'its charset is unknown',
    415,
    /charset is not supported/,
    jsonJob({}),
    { 'Content-Type': 'text/json; charset=ebcdic' },
  ],
  ['it is too large', 413, /70000/, jsonJob({ Parameters: 'x'.repeat(70_000) })],
];

const withoutReferences = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What the error says, in the form that the request asks for. */
function messageOf(text: string, status: number): string {
  if (text.startsWith('{')) {
    const error: { Message: string } = JSON.parse(text);
    expect(error).toEqual({ Status: status, Message: expect.any(String) });
    return error.Message;
  }
  const [, message] =
    new RegExp(`<Error Status="${status}"><Message>(.*)</Message></Error>$`, 's').exec(text) ?? [];
  expect(message, text).toBeDefined();
  return withoutReferences(message ?? '');
}

async function expectRefusal(
  method: string,
  path: string,
  [, status, message, body, headers]: Row,
  byDefault: Record<string, string>,
): Promise<void> {
  const before = await room.stored();
  const answer = await room.ask(method, path, body, { ...byDefault, ...headers });
  expect(answer.status).toBe(status);
  expect(messageOf(answer.text, status)).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
  expect(await room.stored()).toEqual(before);
}

describe.each([
  ['POST', (): string => '/jobs'],
  ['PUT', (): string => created],
] satisfies [string, () => string][])(
  '%s of a JobRepr is refused, and nothing changed, when',
  (method, path) => {
    test.each(IN_XML)('in XML %s', (...row) => expectRefusal(method, path(), row, XML));
    test.each(IN_JSON)('in JSON %s', (...row) => expectRefusal(method, path(), row, JSON_TYPE));
  },
);

describe('data is refused, and nothing kept, when', () => {
  const rows: Row[] = [
    ['its type is none', 400, /^the content type must be a media type/, 'x', { 'Content-Type': 'csv' }],
    ['its type is too long', 400, /at most 255 characters/, 'x', { 'Content-Type': `a/${'b'.repeat(254)}` }],
    ['it is too large', 413, /2000/, 'x'.repeat(2_001)],
    ['it is too large inflated', 413, /2000/, gzipSync(Buffer.alloc(16_384)), { 'Content-Encoding': 'gzip' }],
    ['its coding is unknown', 415, /Content-Encoding/, 'x', { 'Content-Encoding': 'br' }],
    ['its coding is corrupt', 400, /gzip/, 'x', { 'Content-Encoding': 'gzip' }],
  ];
  test.each(rows)(
    '%s',
    (...row): Promise<void> =>
      expectRefusal('POST', `${created}/data`, row, { 'Content-Type': 'text/plain' }),
  );
});

describe('a query is refused when', () => {
  const page = (name: string, least: number) => `${name}: expected a whole number from ${least} to 999999999`;
  test.each([
    ['?take=0', page('take', 1)],
    ['?take=-1', page('take', 1)],
    ['?take=', page('take', 1)],
    ['?take=ten', page('take', 1)],
    ['?take=1.5', page('take', 1)],
    ['?take=1e3', page('take', 1)],
    ['?take=9999999999', page('take', 1)],
    ['?take=1&take=2', 'take: given more than once'],
    ['?skip=-1', page('skip', 0)],
    ['?skip=', page('skip', 0)],
    ['?skip=x', page('skip', 0)],
    ['?skip=1&skip=1', 'skip: given more than once'],
    ['?format=xml&format=json', 'format: given more than once'],
  ])('a list has %s', async (query, message) => {
    const { status, text } = await room.ask('GET', `/jobs${query}`);
    expect([status, messageOf(text, 400)]).toEqual([400, message]);
  });

  test.each([
    ['?wait=-1', page('wait', 0)],
    ['?wait=', page('wait', 0)],
    ['?wait=long', page('wait', 0)],
    ['?wait=1&wait=2', 'wait: given more than once'],
  ])('a job has %s', async (query, message) => {
    const { status, text } = await room.ask('GET', `${created}${query}`);
    expect([status, messageOf(text, 400)]).toEqual([400, message]);
  });
});

describe('an address is refused when', () => {
  test.each([
    [
      'its topic map is too long',
      `/web3/topicmaps/${'m'.repeat(65)}/jobs`,
      400,
      /the topic map id must be at most 64/,
    ],
    ['its topic map has control characters', '/web3/topicmaps/a%09b/jobs', 400, /control characters/],
    [
      'its job id is too long',
      `/web3/topicmaps/map/jobs/${'j'.repeat(65)}`,
      400,
      /^the job id must be 1 to 64/,
    ],
    ['its job id is not of ASCII', '/web3/topicmaps/map/jobs/%C3%A4', 400, /^the job id must be 1 to 64/],
    [
      'there is no such job',
      '/web3/topicmaps/map/jobs/none',
      404,
      /^there is no job none of this topic map$/,
    ],
  ])('%s', async (_, path, status, message) => {
    const response = await fetch(room.origin + path, { headers: { Authorization: 'Bearer ann-token' } });
    expect(response.status).toBe(status);
    expect(messageOf(await response.text(), status)).toMatch(message);
  });
});

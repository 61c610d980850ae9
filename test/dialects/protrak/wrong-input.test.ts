import { describe, expect, test } from 'vitest';
import { roomUnderTest } from './room-under-test.ts';

const LIMIT = 4_096;
const room = roomUnderTest({
  JOBGATE_PROTRAK_MAX_ARGUMENTS_BYTES: String(LIMIT),
  JOBGATE_MAX_BODY_BYTES: '65536',
});

const CREATE = '/asyncJobs';
const AS_JOB = '/programs/walk/executeCommonProgramAsAsyncJob';
const AND_WAIT = '/programs/walk/executeCommonProgram';
const JOB = '/asyncJobs/0b8a1c1e-2f5d-4c6b-9e57-0c3d2a1b4f60';

const WHOLE = { type: 'ExecuteCommonProgram', programExecutionInfo: { programName: 'walk', arguments: [1] } };
const withInfo = (info: unknown) => ({ ...WHOLE, programExecutionInfo: info });
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

type Row = [what: string, status: number, code: string, message: RegExp, body: unknown];

async function expectRefusal(path: string, [, status, code, message]: Row, body: string | Uint8Array) {
  const before = await room.countJobs();
  const answer = await room.ask('POST', path, body);
  expect(answer.json).toEqual({ message: expect.stringMatching(message), code });
  expect(answer.status).toBe(status);
  expect(await room.countJobs()).toBe(before);
}

describe('an AsyncJob is refused, and nothing stored, when', () => {
  const rows: Row[] = [
    ['it is null', 400, 'INVALID_ARGUMENT', /AsyncJob, must be an object, not null/, null],
    ['it is an array', 400, 'INVALID_ARGUMENT', /AsyncJob, must be an object, not an array/, [WHOLE]],
    ['it is a string', 400, 'INVALID_ARGUMENT', /AsyncJob, must be an object, not a string/, 'walk'],
    [
      'its type is absent',
      400,
      'INVALID_ARGUMENT',
      /^type must be .* not absent/,
      { ...WHOLE, type: undefined },
    ],
    ['its type is null', 400, 'INVALID_ARGUMENT', /^type must be .* not null/, { ...WHOLE, type: null }],
    ['its type is empty', 400, 'INVALID_ARGUMENT', /^type must be .* not empty/, { ...WHOLE, type: '' }],
    ['its type is another', 400, 'INVALID_ARGUMENT', /not another type/, { ...WHOLE, type: 'BulkImport' }],
    ['its type is a number', 400, 'INVALID_ARGUMENT', /^type must be .* not a number/, { ...WHOLE, type: 3 }],
    ['its type is an object', 400, 'INVALID_ARGUMENT', /^type .* not an object/, { ...WHOLE, type: {} }],
    ['its status is none', 400, 'INVALID_ARGUMENT', /^status must be one of/, { ...WHOLE, status: 'Asleep' }],
    ['its status is an array', 400, 'INVALID_ARGUMENT', /^status must be one of/, { ...WHOLE, status: [] }],
    ['a member is there twice', 400, 'INVALID_ARGUMENT', /same member twice/, { ...WHOLE, Type: WHOLE.type }],
    [
      'it has too many members',
      400,
      'INVALID_ARGUMENT',
      /AsyncJob, may have at most 1000 members/,
      Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`m${at}`, 1])),
    ],
    ['it has no program', 400, 'INVALID_ARGUMENT', /^programExecutionInfo .* absent/, { type: WHOLE.type }],
    ['its program is null', 400, 'INVALID_ARGUMENT', /^programExecutionInfo .* not null/, withInfo(null)],
    ['its program is a string', 400, 'INVALID_ARGUMENT', /^programExecutionInfo must be/, withInfo('walk')],
    ['its program is an array', 400, 'INVALID_ARGUMENT', /^programExecutionInfo must be/, withInfo([])],
    ['the name is absent', 400, 'INVALID_ARGUMENT', /programName .* not absent/, withInfo({})],
    ['the name is null', 400, 'INVALID_ARGUMENT', /programName .* null/, withInfo({ programName: null })],
    ['the name is empty', 400, 'INVALID_ARGUMENT', /programName .* empty/, withInfo({ programName: '' })],
    ['the name is a number', 400, 'INVALID_ARGUMENT', /programName .* number/, withInfo({ programName: 7 })],
    [
      'the name is too long',
      400,
      'INVALID_ARGUMENT',
      /the program must be at most 255 characters/,
      withInfo({ programName: 'n'.repeat(256) }),
    ],
    [
      'the name is half a surrogate pair',
      400,
      'INVALID_ARGUMENT',
      /the program is not well-formed/,
      withInfo({ programName: '\ud800' }),
    ],
    [
      'the name is there twice',
      400,
      'INVALID_ARGUMENT',
      /programExecutionInfo has the same member twice/,
      withInfo({ programName: 'walk', ProgramName: 'burn' }),
    ],
    [
      'the arguments are a string',
      400,
      'INVALID_ARGUMENT',
      /arguments must be an array or null, not a string/,
      withInfo({ programName: 'walk', arguments: '1' }),
    ],
    [
      'the arguments are an object',
      400,
      'INVALID_ARGUMENT',
      /arguments must be an array or null, not an object/,
      withInfo({ programName: 'walk', arguments: { 0: 1 } }),
    ],
    [
      'the arguments are too large',
      413,
      'BODY_TOO_LARGE',
      /the arguments have 4097 bytes of JSON; at most 4096/,
      withInfo({ programName: 'walk', arguments: ['x'.repeat(LIMIT - 3)] }),
    ],
    [
      'an argument is half a surrogate pair',
      400,
      'INVALID_ARGUMENT',
      /argument 1 is not well-formed/,
      withInfo({ programName: 'walk', arguments: ['\udc00'] }),
    ],
  ];

  test.each(rows)('%s', async (...row) => {
    await expectRefusal(CREATE, row, JSON.stringify(row[4]));
  });
});

describe('an array of arguments is refused, and nothing stored, when', () => {
  const rows: Row[] = [
    ['it is null', 400, 'INVALID_ARGUMENT', /must be a JSON array of arguments, not null/, null],
    ['it is an object', 400, 'INVALID_ARGUMENT', /array of arguments, not an object/, { 0: 'a' }],
    ['it is a string', 400, 'INVALID_ARGUMENT', /array of arguments, not a string/, 'a'],
    ['it is a number', 400, 'INVALID_ARGUMENT', /array of arguments, not a number/, 7],
    ['it is too large', 413, 'BODY_TOO_LARGE', /at most 4096 are allowed/, ['é'.repeat(LIMIT / 2)]],
  ];

  test.each(rows)('%s', async (...row) => {
    await expectRefusal(AS_JOB, row, JSON.stringify(row[4]));
  });
});

test('a payload is refused, and nothing stored, when it is too large as an argument', async () => {
  const row: Row = ['', 413, 'BODY_TOO_LARGE', /at most 4096 are allowed/, undefined];
  await expectRefusal(AND_WAIT, row, JSON.stringify('x'.repeat(LIMIT)));
});

describe.each([CREATE, AS_JOB, AND_WAIT])('the body of %s is refused, and nothing stored, when', (path) => {
  const rows: Row[] = [
    ['it is empty', 400, 'BODY_MALFORMED', /^the body is empty/, ''],
    ['it is blank', 400, 'BODY_MALFORMED', /expected a value/, ' \n'],
    ['it is cut short', 400, 'BODY_MALFORMED', /^line 1, column \d+: expected/, '{"type":"Exec'],
    ['it has something behind it', 400, 'BODY_MALFORMED', /expected the end of the body/, '[] []'],
    ['it has single quotes', 400, 'BODY_MALFORMED', /expected a value/, "['a']"],
    ['it is nested too deep', 400, 'BODY_MALFORMED', /at most 64 levels deep/, deep(65)],
    [
      'a number would be rounded',
      400,
      'INVALID_ARGUMENT',
      /^the number 12345678901234567890 /,
      '[12345678901234567890]',
    ],
    ['a member is there twice', 400, 'INVALID_ARGUMENT', /^the member "a" is there twice/, '[{"a":1,"a":2}]'],
    ['a number is too large', 400, 'INVALID_ARGUMENT', /^the number 1e400 cannot be kept/, '[1e400]'],
    ['it is no UTF-8', 400, 'BODY_MALFORMED', /not well-formed utf-8/, Buffer.from('["\xe9"]', 'latin1')],
    ['it is too large', 413, 'BODY_TOO_LARGE', /65536/, `["${'x'.repeat(65_536)}"]`],
  ];

  test.each(rows)('%s', async (...row) => {
    await expectRefusal(path, row, row[4] as string | Uint8Array);
  });

  test.each([
    ['its type is another', 'application/xml', 'MEDIA_TYPE_UNSUPPORTED'],
    ['its type is a form', 'application/x-www-form-urlencoded', 'MEDIA_TYPE_UNSUPPORTED'],
    ['its charset is not read', 'application/json; charset=ebcdic', 'CHARSET_UNSUPPORTED'],
  ])('%s', async (_, contentType, code) => {
    const before = await room.countJobs();
    const answer = await room.ask('POST', path, '[]', { 'Content-Type': contentType });
    expect(answer).toMatchObject({ status: 415, json: { code } });
    expect(await room.countJobs()).toBe(before);
  });
});

describe('a query is refused when', () => {
  test.each([
    ['skip is negative', '/asyncJobs?skip=-1', 'INVALID_PAGINATION', /^skip: expected a whole number from /],
    ['skip is empty', '/asyncJobs?skip=', 'INVALID_PAGINATION', /^skip: expected a whole number from /],
    [
      'skip is no number',
      '/asyncJobs?skip=one',
      'INVALID_PAGINATION',
      /^skip: expected a whole number from /,
    ],
    [
      'skip is too long',
      `/asyncJobs?skip=${'9'.repeat(10)}`,
      'INVALID_PAGINATION',
      /^skip: expected a whole number from /,
    ],
    ['skip is there twice', '/asyncJobs?skip=1&skip=1', 'INVALID_ARGUMENT', /^skip: given more than once/],
    ['take is nothing', '/asyncJobs?take=0', 'INVALID_PAGINATION', /^take: expected a whole number from 1 /],
    [
      'take is a fraction',
      '/asyncJobs?take=1.5',
      'INVALID_PAGINATION',
      /^take: expected a whole number from /,
    ],
    ['take is there twice', '/asyncJobs?take=1&take=2', 'INVALID_ARGUMENT', /^take: given more than once/],
    ['wait is negative', `${JOB}?wait=-1`, 'INVALID_ARGUMENT', /^wait: expected a whole number from /],
    ['wait is empty', `${JOB}?wait=`, 'INVALID_ARGUMENT', /^wait: expected a whole number from /],
    ['wait is no number', `${JOB}?wait=long`, 'INVALID_ARGUMENT', /^wait: expected a whole number from /],
    ['wait is there twice', `${JOB}?wait=1&wait=1`, 'INVALID_ARGUMENT', /^wait: given more than once/],
    ['the id is too long', `/asyncJobs/${'a'.repeat(65)}`, 'INVALID_ARGUMENT', /job id must be 1 to 64/],
    ['the id has a space', '/asyncJobs/a%20b', 'INVALID_ARGUMENT', /job id must be 1 to 64/],
  ])('%s', async (_, path, code, message) => {
    const answer = await room.ask('GET', path);
    expect(answer).toMatchObject({ status: 400, json: { message: expect.stringMatching(message), code } });
  });
});

describe('what HTTP itself refuses has the same form', () => {
  test.each([
    ['GET', '/', 404, 'NOT_FOUND'],
    ['GET', '/nothing', 404, 'NOT_FOUND'],
    ['POST', '/programs/walk/run', 404, 'NOT_FOUND'],
    ['DELETE', JOB, 405, 'METHOD_NOT_ALLOWED'],
    ['PATCH', CREATE, 405, 'METHOD_NOT_ALLOWED'],
    ['GET', AND_WAIT, 405, 'METHOD_NOT_ALLOWED'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await room.ask(method, path);
    expect(answer).toMatchObject({ status, json: { message: expect.any(String), code } });
  });

  test('the 405 says what may be done', async () => {
    expect((await room.ask('DELETE', JOB)).headers.get('allow')).toBe('GET, HEAD, PUT');
  });
});

import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest({ JOBGATE_MAX_BODY_BYTES: '65536' });
let stored: number;

beforeAll(async () => {
  await room.ask('tasks/createSchedule', { name: 'there already', program: 'walk' });
  stored = await room.countAll();
});

const LONG_ID = 'x'.repeat(65);
const ID_RULE = 'must be 1 to 64 printable ASCII characters without spaces';
/** An execution is a job group, whose name may be any text. */
const GROUP_RULES = { long: 'must be at most 64 characters', control: 'must not contain control characters' };
const rulesOf = (member: string) =>
  member === 'executionId' ? GROUP_RULES : { long: ID_RULE, control: ID_RULE };

/** Method, the id that its body is, and where such an id leads. */
const ID_METHODS = [
  ['getScheduleExecutionStatus', 'executionId', 'EXECUTION_NOT_FOUND'],
  ['getTasksIds', 'executionId', 'EXECUTION_NOT_FOUND'],
  ['getTasks', 'executionId', 'EXECUTION_NOT_FOUND'],
  ['getTaskData', 'taskId', 'JOB_NOT_FOUND'],
  ['reRunTask', 'taskId', 'JOB_NOT_FOUND'],
  ['getExecutions', 'scheduleId', 'SCHEDULE_NOT_FOUND'],
  ['suspendSchedule', 'scheduleId', 'SCHEDULE_NOT_FOUND'],
  ['resumeSchedule', 'scheduleId', 'SCHEDULE_NOT_FOUND'],
  ['deleteSchedule', 'scheduleId', 'SCHEDULE_NOT_FOUND'],
] as const;

describe.each(ID_METHODS)('%s', (method, member, notFound) => {
  test.each([
    ['an empty body', '', 400, `the body is empty; expected the ${member} as a JSON string`],
    ['null', 'null', 400, `the body is empty; expected the ${member} as a JSON string`],
    ['an empty id', '""', 400, `the ${member} is missing`],
    ['an object without it', '{"id":"x"}', 400, `${member} is missing`],
    ['an id of a wrong type', `{"${member}":7}`, 400, `${member} must be a string`],
    ['an array', '["x"]', 400, `the body is an array; expected the ${member} as a JSON string`],
    ['an id too long', `"${LONG_ID}"`, 400, `the ${member} ${rulesOf(member).long}`],
    ['an id with a line break', '"a\\nb"', 400, `the ${member} ${rulesOf(member).control}`],
    ['half a string', '"abc', 400, 'line 1, column 5: expected the end of a string'],
    ['half an object', '{"x":', 400, 'line 1, column 6: expected a value'],
  ])('%s', async (_, body, status, message) => {
    await refused(method, body, status, { message });
  });

  test('an id that there is not', async () => {
    await refused(method, '"nothing"', 404, { code: notFound });
  });
});

describe('getSchedulesForUser', () => {
  const rule = 'a user name must be 1 to 64 printable ASCII characters without spaces or colons';
  test.each([
    ['an empty body', '', 'the body is empty; expected the userId as a JSON string'],
    ['an empty name', '""', rule],
    ['a name too long', `"${LONG_ID}"`, rule],
    ['a name with a colon', '"a:b"', rule],
    ['a wrong type', '{"userId":1}', 'userId must be a string'],
    ['an object without it', '{}', 'userId is missing'],
  ])('%s', async (_, body, message) => {
    await refused('getSchedulesForUser', body, 400, { message });
  });
});

describe('findSchedule', () => {
  const types = 'scheduleType must be one of PRINTING 0, ETL 1, ';
  const matches =
    'searchMatchType must be one of Contains 0, NotContains 1, Equals 2, StartsWith 3, EndsWith 4';
  const of = (criteria: object, more: object = {}) => ({
    searchCriteria: { searchValue: 'x', ...criteria },
    ...more,
  });
  test.each([
    ['an empty body', '', 'the body is empty; expected a JSON object'],
    ['an array', [], 'the body must be a JSON object'],
    ['no searchCriteria', {}, 'searchCriteria is missing'],
    ['searchCriteria of a wrong type', { searchCriteria: 'x' }, 'searchCriteria must be a JSON object'],
    ['no searchValue', { searchCriteria: {} }, 'searchValue is missing'],
    ['a searchValue of a wrong type', of({ searchValue: 1 }), 'searchValue must be a string'],
    [
      'a searchValue too long',
      of({ searchValue: 'x'.repeat(256) }),
      'searchValue must be at most 255 characters',
    ],
    [
      'half a surrogate pair',
      '{"searchCriteria":{"searchValue":"\\ud800"}}',
      'searchValue is not well-formed Unicode',
    ],
    ['an unknown searchMatchType', of({ searchMatchType: 5 }), matches],
    ['an unknown name of a searchMatchType', of({ searchMatchType: 'Like' }), matches],
    ['a searchMatchType of a wrong type', of({ searchMatchType: [2] }), matches],
    ['an unknown scheduleType', of({}, { scheduleType: 21 }), types],
    ['an empty scheduleType', of({}, { scheduleType: '' }), types],
    ['a scheduleType of a wrong type', of({}, { scheduleType: true }), types],
  ])('%s', async (_, body, message) => {
    await refused('findSchedule', body, 400, { message });
  });
});

describe('runSchedule', () => {
  const triggers = 'checkTriggers must be true or false';
  test.each([
    ['an empty body', '', 'the body is empty; expected a JSON object'],
    ['a bare id', '"x"', 'the body must be a JSON object'],
    ['no scheduleId', {}, 'scheduleId is missing'],
    ['null as scheduleId', { scheduleId: null }, 'scheduleId is missing'],
    ['an empty scheduleId', { scheduleId: '' }, 'scheduleId is missing'],
    ['a scheduleId of a wrong type', { scheduleId: 1 }, 'scheduleId must be a string'],
    ['a scheduleId too long', { scheduleId: LONG_ID }, `scheduleId ${ID_RULE}`],
    ['a checkTriggers that is no boolean', { scheduleId: 'x', checkTriggers: 'yes' }, triggers],
    ['an empty checkTriggers', { scheduleId: 'x', checkTriggers: '' }, triggers],
    ['a checkTriggers of a wrong type', { scheduleId: 'x', checkTriggers: 1 }, triggers],
  ])('%s', async (_, body, message) => {
    await refused('runSchedule', body, 400, { message });
  });

  test('a schedule that there is not', async () => {
    await refused('runSchedule', { scheduleId: 'nothing' }, 404, { code: 'SCHEDULE_NOT_FOUND' });
  });
});

describe('createSchedule', () => {
  const of = (more: object) => ({ name: 'new', program: 'walk', ...more });
  test.each([
    ['an empty body', '', 'the body is empty; expected a JSON object'],
    ['no name', { program: 'walk' }, 'name is missing'],
    ['an empty name', of({ name: '' }), 'the name of the schedule'],
    ['a name of a wrong type', of({ name: 1 }), 'name must be a string'],
    [
      'a name too long',
      of({ name: 'x'.repeat(256) }),
      'the name of the schedule must be at most 255 characters',
    ],
    [
      'a name with a control character',
      of({ name: 'a\nb' }),
      'the name of the schedule must not contain control',
    ],
    ['a description of a wrong type', of({ description: {} }), 'description must be a string'],
    [
      'a description too long',
      of({ description: 'x'.repeat(4_097) }),
      'the description must be at most 4096',
    ],
    ['an unknown scheduleType', of({ scheduleType: 'COOKING' }), 'scheduleType must be one of PRINTING 0'],
    ['a cronExpression of a wrong type', of({ cronExpression: 5 }), 'cronExpression must be a string'],
    ['a cronExpression that is none', of({ cronExpression: 'now and then' }), 'cron'],
    ['an empty cronExpression', of({ cronExpression: '' }), 'cron'],
    ['a timeZoneId of a wrong type', of({ timeZoneId: 1 }), 'timeZoneId must be a string'],
    ['a timeZoneId that is none', of({ timeZoneId: 'Mars/Olympus' }), 'time zone'],
    ['no program', { name: 'new' }, 'program is missing'],
    ['a program of a wrong type', of({ program: [] }), 'program must be a string'],
    ['arguments of a wrong type', of({ arguments: '10' }), 'arguments must be an array'],
    ['an unknown member', of({ cron: '0 3 * * *' }), 'there is a member that is none of name, description, '],
  ])('%s', async (_, body, message) => {
    await refused('createSchedule', body, 400, { message });
  });

  test.each(['', 'nothing', 'x'.repeat(256)])('a program that there is not: %j', async (program) => {
    await refused('createSchedule', of({ program }), 400, { code: 'PROGRAM_NOT_FOUND' });
  });

  test('a name that another schedule has is no error', async () => {
    const { status } = await room.ask('tasks/createSchedule', { name: 'there already', program: 'walk' });
    expect(status).toBe(200);
    stored += 1;
    expect(await room.countAll()).toBe(stored);
  });
});

describe('authenticateUser', () => {
  test.each([
    ['an empty body', '', 'the body is empty; expected a JSON object'],
    ['no JSON', 'adminUser', 'line 1, column 1: expected a value'],
    ['no name', { password: 'x' }, 'username is missing'],
    ['a name of a wrong type', { userName: 1, password: 'x' }, 'userName must be a string'],
    ['no password', { userName: 'ada' }, 'password is missing'],
    ['a password of a wrong type', { userName: 'ada', password: 1 }, 'password must be a string'],
    ['a domain of a wrong type', { userName: 'ada', password: 'x', domain: 1 }, 'domain must be a string'],
  ])('%s', async (_, body, message) => {
    await refused('../authentication/authenticateUser', body, 400, { message });
  });

  test('a body of more than 64 KiB, which anybody may send', async () => {
    const body = { userName: 'ada', password: 'x'.repeat(65_536) };
    await refused('../authentication/authenticateUser', body, 413, { code: 'BODY_TOO_LARGE' });
  });

  test.each([
    ['a wrong password', { userName: 'ada', password: 'x' }],
    ['an empty name', { userName: '', password: 'x' }],
    ['an empty password', { userName: 'ada', password: '' }],
    ['a name too long', { userName: LONG_ID, password: 'x' }],
    ['a password too long', { userName: 'ada', password: 'x'.repeat(2_049) }],
  ])('%s', async (_, body) => {
    await refused('../authentication/authenticateUser', body, 401, {
      code: 'LOGIN_FAILED',
      message: 'the user name or the password is wrong',
    });
  });
});

describe('bodies that cannot be read', () => {
  test('a charset that is not read', async () => {
    const headers = { 'Content-Type': 'application/json; charset=ebcdic' };
    await refused('getTasksIds', '"x"', 415, { code: 'CHARSET_UNSUPPORTED' }, headers);
  });

  test('bytes that are not of the charset', async () => {
    await refused('getTasksIds', new Uint8Array([0x22, 0xc3, 0x28, 0x22]), 400, { code: 'BODY_MALFORMED' });
  });

  test('a body that is too large', async () => {
    await refused('createSchedule', `"${'x'.repeat(70_000)}"`, 413, { code: 'BODY_TOO_LARGE' });
  });

  test('a body that is too large once inflated', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    await refused('createSchedule', gzipSync(' '.repeat(70_000)), 413, { code: 'BODY_TOO_LARGE' }, headers);
  });

  test('a corrupt gzip body', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    await refused('createSchedule', 'not gzip', 400, { code: 'BODY_CORRUPT' }, headers);
  });

  test('too many levels', async () => {
    await refused('createSchedule', '['.repeat(65), 400, { code: 'BODY_MALFORMED' });
  });
});

/** Answered in the room's form with such an error, and nothing is stored. */
async function refused(
  method: string,
  body: unknown,
  status: number,
  { code, message }: { code?: string; message?: string },
  headers: Record<string, string> = {},
): Promise<void> {
  const answer = await room.ask(`tasks/${method}`, body, { paToken: 'token-of-root', ...headers });
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(JSON.parse(answer.text)).toEqual({
    error: {
      message: expect.stringContaining(message ?? ''),
      code: code ?? expect.stringMatching(/^(INVALID_ARGUMENT|BODY_MALFORMED)$/),
    },
  });
  expect(answer.status).toBe(status);
  expect(await room.countAll()).toBe(stored);
}

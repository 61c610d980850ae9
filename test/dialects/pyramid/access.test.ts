import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest();
let scheduleId: string;
let executionId: string;
let taskId: string;

beforeAll(async () => {
  scheduleId = JSON.parse((await room.ask('tasks/createSchedule', { name: 'mine', program: 'walk' })).text);
  executionId = JSON.parse((await room.ask('tasks/runSchedule', { scheduleId })).text);
  [{ id: taskId }] = JSON.parse((await room.ask('tasks/getTasksIds', executionId)).text);
});

/** Every method, with a body that is right, and what an ordinary user who has nothing to do with it is answered. */
const METHODS: readonly [method: string, body: () => unknown, foreign: number][] = [
  ['findSchedule', () => ({ searchCriteria: { searchValue: 'mine' } }), 200],
  ['getSchedulesForUser', () => 'ada', 200],
  ['getExecutions', () => scheduleId, 200],
  ['getScheduleExecutionStatus', () => executionId, 404],
  ['getTasksIds', () => executionId, 404],
  ['getTasks', () => executionId, 404],
  ['getTaskData', () => taskId, 404],
  ['reRunTask', () => taskId, 404],
  ['runSchedule', () => ({ scheduleId }), 200],
  ['suspendSchedule', () => scheduleId, 200],
  ['resumeSchedule', () => scheduleId, 403],
  ['createSchedule', () => ({ name: 'bobs', program: 'walk' }), 200],
  ['deleteSchedule', () => scheduleId, 200],
];

describe.each(METHODS)('%s', (method, body, foreign) => {
  const ask = (paToken: string) => room.ask(`tasks/${method}`, body(), { paToken });

  test.each([
    ['without a token', '', 'INVALID_TOKEN'],
    ['with one never given', 'nonsense', 'INVALID_TOKEN'],
    ['with an expired one', 'token-of-eve', 'TOKEN_EXPIRED'],
  ])('%s: 401, and nothing is done', async (_, token, code) => {
    const before = await room.countAll();
    const answer = await ask(token);
    expect([answer.status, codeOf(answer)]).toEqual([401, code]);
    expect(answer.headers.get('www-authenticate')).toBe('paToken realm="jobgate"');
    expect(await room.countAll()).toBe(before);
  });

  test(`by another user: ${foreign}`, async () => {
    expect((await ask('token-of-bob')).status).toBe(foreign);
  });
});

test('an execution of a schedule is not shown to another user in the list of executions', async () => {
  const mine = JSON.parse((await room.ask('tasks/getExecutions', scheduleId)).text);
  const bobs = JSON.parse(
    (await room.ask('tasks/getExecutions', scheduleId, { paToken: 'token-of-bob' })).text,
  );
  expect(mine.map(({ id }: { id: string }) => id)).toEqual([executionId]);
  expect(bobs.map(({ id }: { id: string }) => id)).not.toContain(executionId);
});

function codeOf({ text }: Answer): string {
  return JSON.parse(text).error.code;
}

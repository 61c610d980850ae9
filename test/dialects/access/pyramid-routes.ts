import { ask, type Outcome, type RoomRoutes, type Route, type Scene } from './route.ts';

const EXECUTION_NOT_FOUND: Outcome = { status: 404, text: /"code":"EXECUTION_NOT_FOUND"/, asIfNone: true };
const TASK_NOT_FOUND: Outcome = { status: 404, text: /"code":"JOB_NOT_FOUND"/, asIfNone: true };
const MODIFIED: Outcome = { status: 200, text: /^\{"success":true,/ };
const NEW_ID: Outcome = { status: 200, text: /^"[-0-9a-f]{36}"$/, shows: false };

function route(
  method: string,
  body: (scene: Scene) => unknown,
  stranger: Outcome,
  administrator: Outcome = stranger,
): [string, Route] {
  const send: Route['send'] = (scene, token) =>
    ask(`${scene.origin}/API3/tasks/${method}`, {
      method: 'POST',
      headers: token === null ? {} : { paToken: token },
      body: JSON.stringify(body(scene)),
    });
  return [method, { send, stranger, administrator }];
}

const scheduleId = (scene: Scene) => scene.scheduleId;
const executionId = (scene: Scene) => scene.group;
const taskId = (scene: Scene) => scene.jobId;

/** Schedules are there for everybody, executions and tasks for who ran them. */
export const PYRAMID: RoomRoutes = {
  routes: Object.fromEntries([
    route('findSchedule', () => ({ searchCriteria: { searchValue: 'nightly' } }), {
      status: 200,
      text: /"createdBy":"ann"/,
    }),
    route('getSchedulesForUser', () => 'ann', { status: 200, text: /"createdBy":"ann"/ }),
    route('runSchedule', (scene) => ({ scheduleId: scene.scheduleId }), NEW_ID),
    route('suspendSchedule', scheduleId, MODIFIED),
    route('resumeSchedule', scheduleId, { status: 403, text: /"code":"PERMISSION_DENIED"/ }, MODIFIED),
    route('deleteSchedule', scheduleId, MODIFIED),
    route('createSchedule', () => ({ name: 'nightly', program: 'walk' }), NEW_ID),
    route(
      'getExecutions',
      scheduleId,
      { status: 200, text: /^\[\]$/ },
      { status: 200, text: /"pendingCount":1,/, shows: true },
    ),
    route('getScheduleExecutionStatus', executionId, EXECUTION_NOT_FOUND, {
      status: 200,
      text: /^\{"status":0\}$/,
    }),
    route('getTasksIds', executionId, EXECUTION_NOT_FOUND, { status: 200, shows: true }),
    route('getTasks', executionId, EXECUTION_NOT_FOUND, {
      status: 200,
      text: /"createdBy":"ann"/,
      shows: true,
    }),
    route('getTaskData', taskId, TASK_NOT_FOUND, { status: 200, text: /"createdBy":"ann"/, shows: true }),
    route('reRunTask', taskId, TASK_NOT_FOUND, MODIFIED),
  ]),
  open: ['authenticateUser'],

  refusal: (flaw) => ({
    status: 401,
    text: new RegExp(`^{"error":{"message":".+","code":"${codeOf(flaw)}"}}$`),
    challenge: 'paToken realm="jobgate"',
  }),
};

function codeOf(flaw: string): string {
  return flaw === 'expired' ? 'TOKEN_EXPIRED' : 'INVALID_TOKEN';
}

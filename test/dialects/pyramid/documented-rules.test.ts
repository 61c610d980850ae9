import { describeDocument, shown, tested } from '../../conformance/documented-rules.ts';

const SAMPLE = 'working/vendor-sample-request-by-request';
const IN_A_BROWSER = tested(
  'dialects/pyramid/vendor-sample.test.ts',
  'runs to its end: it polls until the task has status 1, and suspends and resumes the schedule',
);
const ENUMERATIONS = tested(
  'dialects/pyramid/enumerations.test.ts',
  'the published enumerations are whole, in the order of their numbers',
);
const WIRE = 'dialects/pyramid/wire.test.ts';

describeDocument('pyramid', "Get a Schedule's Execution Status", [
  [
    "Returns the status of a schedule's job executions",
    shown('working/runSchedule', '{"status":1}'),
    tested('dialects/pyramid/execution-status.test.ts', "an execution's status"),
  ],
  [
    'Method: /API3/tasks/getScheduleExecutionStatus',
    shown('working/runSchedule', 'POST /API3/tasks/getScheduleExecutionStatus '),
  ],
  [
    'Enterprise Admin, Domain Admin, Pro, Analyst, Viewer: whoever is signed in',
    shown('working/runSchedule', 'paToken: token-of-ada'),
    shown('working/somebody-elses-execution', 'paToken: token-of-root'),
    shown('working/no-token', 'HTTP/1.1 401 '),
  ],
  [
    "executionId, string: The execution's system ID",
    shown(
      'working/id-bodies',
      'Content-Type: application/json\n"{{execution}}"',
      'Content-Type: text/plain;charset=UTF-8\n"{{execution}}"',
    ),
    tested('dialects/pyramid/reading.test.ts', 'a body that is one id'),
  ],
  [
    'Successful Result Code: 200',
    shown(
      'working/runSchedule',
      'HTTP/1.1 200 OK\nContent-Type: application/json; charset=utf-8\n{"status":1}',
    ),
  ],
  [
    'An object containing the task status',
    shown('working/runSchedule', '\n{"status":1}', '\n{"status":"FINISHED"}'),
  ],
]);

describeDocument('pyramid', 'Find and Run a scheduled task (JavaScript)', [
  ['the sample, as printed, in a browser', IN_A_BROWSER],
  [
    'step 1: authenticate admin account and get token',
    shown(
      SAMPLE,
      'POST /api3/authentication/authenticateUser ',
      '\n{"userName":"adminUser","password":"abc123!"}',
      'text/plain; charset=utf-8',
    ),
  ],
  [
    'step 2: get all the schedules in the system based on name search',
    shown(
      SAMPLE,
      'POST /api3/tasks/findSchedule%20 ',
      '\n{"searchCriteria":{"searchValue":"My Demo Schedule","searchMatchType":2},"scheduleType":1}',
    ),
  ],
  [
    'step 3: extract the schedule ID property',
    shown(SAMPLE, '\n[{"scheduleId":"{{schedule:uuid}}","name":"My Demo Schedule"'),
  ],
  [
    'step 4: launch a run of the chosen schedule now, without triggers',
    shown(
      SAMPLE,
      'POST /api3/tasks/runSchedule%20 ',
      '\n{"scheduleId":"{{schedule}}","checkTriggers":"false"}',
    ),
  ],
  ['step 5A: let executionId=runSchedule;', shown(SAMPLE, '\n"{{execution:uuid}}"')],
  [
    "step 5B: get execution item's status",
    shown(SAMPLE, 'POST /api3/tasks/getScheduleExecutionStatus%20 ', '\n{"status":1}'),
  ],
  ['step 5C: check status every 3 seconds; if(taskData.status!=1)', IN_A_BROWSER],
  ['step 6a: get task items in that execution', shown(SAMPLE, 'POST /api3/tasks/getTasksIds%20 ')],
  ['step 6B: let taskId = tasks[0].id', shown(SAMPLE, '\n[{"id":"{{task:uuid}}","name":"walk"}]')],
  ['step 6C: get status of the task', shown(SAMPLE, 'POST /api3/tasks/getTaskData%20 ', '"status":1,')],
  [
    'step 7: pause the schedule',
    shown(SAMPLE, 'POST /api3/tasks/suspendSchedule '),
    shown('working/suspendSchedule', '"status":4,'),
  ],
  ['step 8: restart the schedule', shown(SAMPLE, 'POST /api3/tasks/resumeSchedule ')],
  [
    'xhttp.setRequestHeader("paToken",token), from a page of another origin',
    shown(
      'working/cors-preflight',
      'Access-Control-Request-Headers: patoken',
      'Access-Control-Allow-Headers: paToken, Content-Type',
    ),
    shown(SAMPLE, 'Origin: https://bi.example.com', 'Access-Control-Allow-Origin: https://bi.example.com'),
  ],
]);

describeDocument('pyramid', 'Code Snippets', [
  [
    'curl -X POST -H "paToken: [[apiKey]]" -H "Accept: …" -H "Content-Type: application/json" "…" -d \'\'',
    shown(
      'working/getScheduleExecutionStatus-as-curl',
      'Accept: application/json,application/json;charset=utf-8,text/plain,text/plain;charset=utf-8',
      'HTTP/1.1 400 ',
    ),
  ],
  [
    'ApiResultTaskStatus result = apiInstance.getScheduleExecutionStatus(executionId);',
    shown('working/id-bodies', 'Content-Type: application/json\n"{{execution}}"'),
    shown('names/waiting-task', '{"status":"PENDING"}'),
  ],
]);

// What the vendor's SDK and its pages on the other methods say, in our words.
describeDocument('pyramid', 'the SDK and its enumerations', [
  [
    'resumeSchedule is for administrators, the rest for whoever is signed in',
    shown('working/suspendSchedule', 'HTTP/1.1 403 ', 'paToken: token-of-root'),
  ],
  ['TaskStatus: PENDING 0 to DELETED 15', ENUMERATIONS],
  ['ScheduleStatus: IDLE 0 to DISABLED_AFTER_FAILURES 6', ENUMERATIONS],
  ['ScheduleDataType: ONCE 0 to ON_DEMAND 3', ENUMERATIONS],
  ['ScheduleType: PRINTING 0 to CLEAN_DB 9, and up to 20', ENUMERATIONS],
  [
    'SearchMatchType: Contains 0, NotContains 1, Equals 2 (the default), StartsWith 3, EndsWith 4',
    ENUMERATIONS,
    shown(
      'working/findSchedule',
      '"searchMatchType": 4}',
      '"searchMatchType": 3}',
      '"searchMatchType": 1}',
      '"searchMatchType": 0}',
      '{"searchCriteria": {"searchValue": "Find: Alph"}}',
    ),
  ],
  [
    'ScheduleViewObject',
    tested(WIRE, 'ScheduleViewObject: every member of the SDK, dates ISO 8601, what has no value null'),
  ],
  ['TaskViewData', tested(WIRE, 'TaskViewData: every member of the SDK, with the result as JSON text')],
  [
    'ExecutionViewData',
    tested(WIRE, 'ExecutionViewData: counts and percentages of its tasks, each counted once'),
  ],
  [
    'ItemId and ModifiedItemsResult',
    tested(WIRE, 'ItemId and ModifiedItemsResult'),
    shown('working/suspendSchedule', '{"success":true,"errorMessage":null,"modifiedList":[{"id":'),
  ],
]);

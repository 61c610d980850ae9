import { describeDocument, shown, tested } from '../../conformance/documented-rules.ts';

const CLIENT = 'client/protrak-client.test.ts';
const LOOP = tested(
  CLIENT,
  "is the source's WaitForJob loop: it asks until the job has ended, however it ended",
);
const STATUS = tested('dialects/protrak/status.test.ts', 'a job that is %s shows as the source says');
const IN_ORDER = tested(
  'dialects/protrak/wire.test.ts',
  "the sample GetAsyncJob response: its members, in the source's order",
);

/** The sample's job, in the JSON of its members. */
const SAMPLE_JOB =
  '{\n  "type": "ExecuteCommonProgram",\n  "programExecutionInfo": {\n    "programName": "DataMigrationProgram",\n' +
  '    "arguments": [\n      "sourceId",\n      "targetId",\n      100\n    ]\n  }\n}';
const GUID = ['Location: http://127.0.0.1/protrak/api/asyncJobs/{{job:uuid}}', '\n"{{job}}"'] as const;

describeDocument('protrak', 'ExecuteCommonProgram Async Job: Reference and Returns', [
  [
    'Create: Task<Guid> CreateAsyncJobAsync(AsyncJob job). Guid: Unique Async Job Identifier',
    shown('waiting/createAsyncJob', 'POST /protrak/api/asyncJobs ', ...GUID),
  ],
  [
    'Create: Task<Guid> ExecuteCommonProgramAsAsyncJobAsync(string programName, params object[] arguments)',
    shown(
      'waiting/executeCommonProgramAsAsyncJob',
      '/executeCommonProgramAsAsyncJob ',
      '\n["sourceId","targetId",100]',
      ...GUID,
    ),
    tested('dialects/protrak/async-jobs.test.ts', 'makes the job that CreateAsyncJobAsync would make'),
  ],
  [
    'Get: Task<AsyncJob> GetAsyncJobAsync(Guid jobId)',
    shown('waiting/createAsyncJob', 'GET /protrak/api/asyncJobs/{{job}} '),
  ],
  [
    'Update: Task UpdateAsyncJobAsync(Guid jobId)',
    shown('waiting/updateAsyncJob', 'PUT /protrak/api/asyncJobs/{{job}} ', 'HTTP/1.1 204 '),
  ],
  [
    'string ProgramName: Name of the Common Program to execute.',
    shown('waiting/createAsyncJob-without-a-program', 'HTTP/1.1 400 '),
    shown('working/sample-createAsyncJob', '"result":["100 rows from sourceId to targetId"]'),
  ],
  [
    'object[] Arguments: Input arguments passed to the Common Program.',
    shown(
      'waiting/arguments-keep-their-json-types',
      '"arguments":["1",1,1.5,-0.25,true,null,[],{},{"a":[null]},"",',
    ),
    shown('working/sample-createAsyncJob', '"result":["100 rows from sourceId to targetId"]'),
  ],
]);

describeDocument('protrak', 'ExecuteCommonProgram Async Job: Usage', [
  [
    'new AsyncJob { Type = AsyncJobType.ExecuteCommonProgram, ProgramExecutionInfo = new ProgramExecutionInfo { ProgramName = ' +
      '"DataMigrationProgram", Arguments = new object[] { "sourceId", "targetId", 100 } } }',
    shown('working/sample-createAsyncJob', SAMPLE_JOB, '"status":"Completed"'),
    shown(
      'waiting/createAsyncJob-of-a-net-client-with-its-defaults',
      '"Id": "00000000-0000-0000-0000-000000000000"',
    ),
  ],
  [
    'ProgramService.ExecuteCommonProgramAsAsyncJobAsync("DataMigrationProgram", "sourceId", "targetId", 100)',
    shown(
      'working/sample-executeCommonProgramAsAsyncJob',
      '\n["sourceId","targetId",100]',
      '"status":"Completed"',
    ),
  ],
]);

describeDocument(
  'protrak',
  'ExecuteCommonProgram Async Job: Sample GetAsyncJob Response and Field Description',
  [
    [
      'id, type, status, creator, created, completedDate, isRead, bulkOperationType, programExecutionInfo, in this order',
      IN_ORDER,
    ],
    ['id: Unique identifier of the async job', shown('waiting/createAsyncJob', '\n{"id":"{{job}}","type":')],
    [
      'type: Type of async job being executed',
      shown('waiting/createAsyncJob', '"type":"ExecuteCommonProgram","status":'),
      shown('waiting/createAsyncJob-unknown-type', 'HTTP/1.1 400 '),
    ],
    ['status: Current execution state of the job', STATUS],
    [
      'creator: Details of the user who created the job; userId, userName, userEmail',
      shown(
        'waiting/createAsyncJob',
        '"creator":{"userId":"9f147952-8c01-5985-99af-bdf3728706ee","userName":"ann","userEmail":""}',
      ),
    ],
    [
      'created: Job creation timestamp; <UTC Timestamp>',
      shown('waiting/createAsyncJob', '"created":"{{created:dateTime}}"'),
    ],
    [
      'completedDate: Job completion timestamp',
      shown('working/sample-createAsyncJob', '"completedDate":"{{completed:dateTime}}"'),
    ],
    [
      'isRead: Indicates whether the job has been marked as read',
      shown('waiting/updateAsyncJob', '"isRead":true,'),
      shown('waiting/createAsyncJob', '"isRead":false,'),
    ],
    [
      'bulkOperationType: Reserved field for bulk job operations; 0',
      shown('waiting/createAsyncJob', '"bulkOperationType":0,'),
    ],
    [
      'programExecutionInfo.programName: Name of the executed Common Program',
      shown('waiting/createAsyncJob', '"programExecutionInfo":{"programName":"DataMigrationProgram",'),
    ],
    [
      'programExecutionInfo.arguments: Input parameters passed to the program',
      shown('waiting/createAsyncJob', '"arguments":["sourceId","targetId",100]}'),
      shown('waiting/arguments-keep-their-json-types'),
    ],
    [
      'programExecutionInfo.result: Output returned by the program; ["<ProgramResult>"]',
      shown('working/result-of-a-string', '"result":["done"]'),
      shown('working/result-of-an-object', '"result":[{'),
      shown('working/result-of-nothing'),
    ],
    [
      '"status": "<Completed | Failed | Running | Abandoned>"',
      tested('dialects/protrak/status.test.ts', 'the Running of the sample response is never shown'),
      shown('waiting/createAsyncJob-with-the-samples-Running'),
    ],
  ],
);

describeDocument('protrak', 'ExecuteCommonProgram Async Job: Possible Status Values and Notes', [
  ['InProgress', shown('waiting/createAsyncJob', '"status":"InProgress"'), STATUS],
  ['Completed', shown('working/sample-createAsyncJob', '"status":"Completed"'), STATUS],
  [
    'Failed',
    shown('working/notes-errorMessage-will-be-present-if-status-is-failed', '"status":"Failed"'),
    STATUS,
  ],
  [
    'Abandoned',
    shown('waiting/sample-WaitForJob-of-a-job-that-is-abandoned', '"status":"Abandoned"'),
    STATUS,
  ],
  [
    'completedDate is null until job execution finishes.',
    shown('waiting/notes-completedDate-is-null-until-job-execution-finishes', '"completedDate":null'),
    shown(
      'working/notes-completedDate-is-null-until-job-execution-finishes',
      '"completedDate":"{{completed:dateTime}}"',
    ),
    tested('dialects/protrak/wire.test.ts', 'explicitly, of a job that is %s'),
  ],
  [
    'result is available only when status = Completed.',
    shown(
      'working/notes-result-is-available-only-when-status-is-completed',
      '"arguments":["no such table"]}}',
      '"result":[1,2]}}',
    ),
    tested('dialects/protrak/wire.test.ts', 'Notes: "result is available only when status = Completed"'),
  ],
  [
    'errorMessage will be present if status = Failed.',
    shown('working/notes-errorMessage-will-be-present-if-status-is-failed', '"errorMessage":"disk full"'),
    tested('dialects/protrak/wire.test.ts', 'Notes: "errorMessage will be present if status = Failed"'),
  ],
]);

describeDocument('protrak', 'ExecuteCommonProgram Async Job: Update and Poll', [
  [
    'await AsyncJobService.UpdateAsyncJobAsync(jobId);',
    shown('waiting/updateAsyncJob'),
    shown('working/updateAsyncJob-of-a-finished-job', '"isRead":true'),
    shown('waiting/updateAsyncJob-ignores-a-body', '"isRead":true'),
  ],
  ['while (true) { var job = await AsyncJobService.GetAsyncJobAsync(jobId);', LOOP],
  [
    'case AsyncJobStatus.Completed: return new object[] { job.Status, job.ProgramExecutionInfo };',
    LOOP,
    shown('working/sample-createAsyncJob', '"status":"Completed"', '"result":['),
  ],
  [
    'case AsyncJobStatus.Failed: return new object[] { job.Status, job.ErrorMessage };',
    LOOP,
    shown(
      'working/notes-errorMessage-will-be-present-if-status-is-failed',
      '"status":"Failed"',
      '"errorMessage":"disk full"',
    ),
  ],
  [
    'case AsyncJobStatus.Abandoned: return new object[] { job.Status };',
    LOOP,
    shown(
      'waiting/sample-WaitForJob-of-a-job-that-is-abandoned',
      '"status":"InProgress"',
      '"status":"Abandoned"',
    ),
  ],
  ['await Task.Delay(2000);', tested(CLIENT, 'rests between two questions')],
]);

describeDocument('protrak', 'ExecuteCommonProgram Async Job: Troubleshooting and Best Practices', [
  [
    'Verify program name and arguments during job creation.',
    tested('dialects/protrak/wrong-input.test.ts', 'an AsyncJob is refused, and nothing stored, when'),
  ],
  [
    'Inspect ErrorMessage if job execution fails.',
    shown(
      'working/troubleshooting-program-not-found',
      '"errorMessage":"the worker\'s catalogue has no program named',
    ),
  ],
  [
    'Ensure background worker service and message queue are operational.',
    shown('waiting/createAsyncJob', '"status":"InProgress"'),
  ],
  [
    'Common issues includes program not found, not published.',
    shown('working/troubleshooting-program-not-found', 'HTTP/1.1 201 Created', '"status":"Failed"'),
    shown(
      'working/troubleshooting-program-not-published',
      '"errorMessage":"the program \\"Draft\\" is not published"',
    ),
  ],
  [
    "Do not poll Async Jobs within the same request that creates them. (Because the job won't start/create until the request completes",
    shown('waiting/createAsyncJob', ...GUID, '"status":"InProgress"'),
  ],
  ['Always log the Async Job Id.', shown('waiting/createAsyncJob', ...GUID)],
  [
    'Prefer ProgramService for simplified creation.',
    tested('dialects/protrak/async-jobs.test.ts', 'makes the job that CreateAsyncJobAsync would make'),
  ],
  [
    'Monitor jobs using background services or client monitoring.',
    LOOP,
    shown('working/getAsyncJob-with-wait'),
  ],
  [
    'Keep the arguments and result size reasonable to avoid performance issues.',
    shown('waiting/arguments-too-large', 'HTTP/1.1 413 ', '"code":"BODY_TOO_LARGE"'),
    shown('waiting/arguments-of-the-limit', 'HTTP/1.1 201 '),
    tested('worker/program-errors.test.ts', 'its result is %s'),
  ],
]);

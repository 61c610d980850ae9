import { describeDocument, shown, tested } from '../../conformance/documented-rules.ts';

const BODIES = 'dialects/starfish/request-bodies.test.ts';
const REQUEST = 'dialects/starfish/run-request.test.ts';
const RUNS = 'dialects/starfish/runs.test.ts';
const DEFAULTS = tested(REQUEST, 'has the defaults of the help page');

describeDocument('starfish', 'POST v1/ExecuteJobAsync', [
  [
    'Executes a Job in asynchronous mode. The response will be returned immediately.',
    shown('waiting/ExecuteJobAsync-json', '"started":true', '"status":"Pending"'),
  ],
  [
    'You can configure a webhook to be notififed upon completion,',
    tested('dialects/starfish/webhooks.test.ts', 'gets an execJobResponse of the job that ended the run'),
    tested('webhooks/deliverer.test.ts', 'arrives when its job has ended, signed with each key'),
    tested(
      'e2e/webhooks.test.ts',
      "survives kill -9 after its job's end, arrives from the next node, and once taken is never sent again",
    ),
  ],
  [
    'or you can check the results via the Results API.',
    shown('working/ExecuteJobAsync-then-results', 'GET /v1/Results/async', '"status":"Complete"'),
  ],
]);

describeDocument('starfish', 'execJobAsyncRequest', [
  [
    'runID: GUID-formatted ID supplied by the user. Required Max length: 36',
    shown('waiting/ExecuteJobAsync-required', '"request.runID":["The runID field is required."]'),
    shown('waiting/ExecuteJobAsync-max-length-36', '"request.runID":["The field runID must be'),
    tested(REQUEST, "the sample's run ID, which is no GUID"),
  ],
  [
    'projectID: ID of the project which contains the job you wish to run. Required Max length: 36',
    shown('waiting/ExecuteJobAsync-required', '"request.projectID":["The projectID field is required."]'),
    shown('waiting/ExecuteJobAsync-max-length-36', '"request.projectID":["The field projectID must be'),
  ],
  [
    'jobID: ID of the job within the specified project to run. Required Max length: 36',
    shown('waiting/ExecuteJobAsync-required', '"request.jobID":["The jobID field is required."]'),
    shown('waiting/ExecuteJobAsync-max-length-36', '"request.jobID":["The field jobID must be'),
  ],
  [
    'chainJobs: Execute all jobs in the chain?',
    shown('working/ExecuteJob-chain', '"chainJobs":true', '"startTime":"{{s3:localTime}}+00:00"'),
  ],
  ['chainJobs: Default: false', DEFAULTS, shown('working/ExecuteJob-one-job-of-a-chain-by-default')],
  [
    'loggingLevel: Defines the verbosity of the log returned. Default: 0',
    DEFAULTS,
    shown('working/ExecuteJob-log-at-level-0-none', '"log":""'),
  ],
  [
    'loggingLevel: 0=None',
    shown('working/ExecuteJob-log-at-level-0-none', '"log":""'),
    tested(REQUEST, '"0=None"'),
  ],
  [
    'loggingLevel: 1=Low',
    shown('working/ExecuteJob-log-at-level-1-low', '"log":"2 rows, 0 ms each"'),
    tested(REQUEST, '"1=Low"'),
  ],
  [
    'loggingLevel: 2=Medium',
    shown('working/ExecuteJob-log-at-level-2-medium', '"log":"2 rows, 0 ms each\\n2 rows walked"'),
    tested(REQUEST, '"2=Medium"'),
  ],
  [
    'loggingLevel: 3=High',
    shown('working/ExecuteJob-log-at-level-3-high', '\\nrow 1\\nrow 2\\n2 rows walked"'),
    tested(REQUEST, '"3=High"'),
  ],
  [
    '"loggingLevel": 5',
    tested(REQUEST, "the sample's loggingLevel"),
    shown('waiting/ExecuteJobAsync-json', '"loggingLevel": 5'),
  ],
  [
    'argument: Any string value you wish to pass into your job\'s execution. […] It is available within your job as […] "Job Argument"',
    shown('working/ExecuteJob-that-fails', '"argument":"out of paper"', '"error":"out of paper"'),
    tested(RUNS, 'is a job in the group of its run ID, with an ID of its own, and the options as parameters'),
  ],
  [
    'beginAtRow: Tells the job to skip ahead to this row and start processing. Default: 1',
    shown('working/ExecuteJob-json', '"beginAtRow":"8"', 'row 8\\nrow 9\\n'),
    DEFAULTS,
  ],
  [
    'endAfterRow: Job execution will end after processing this row. Default: Process to end of all rows.',
    shown('working/ExecuteJob-json', '"endAfterRow":"9"', '"totalRows":2'),
    DEFAULTS,
  ],
  [
    'threadCount: Number of threads to spawn for processing data into destination. Default: 1',
    tested(RUNS, 'is a job in the group of its run ID, with an ID of its own, and the options as parameters'),
    DEFAULTS,
  ],
  [
    "webHookURL: The URL for the results to be POST'd to once the execution is complete. Data will be JSON in the execJobResponse format",
    tested(
      'dialects/starfish/webhooks.test.ts',
      'is kept with the run, in the format that this room renders',
    ),
    tested('dialects/starfish/webhooks.test.ts', 'gets an execJobResponse of the job that ended the run'),
    tested('webhooks/send.test.ts', 'posts the body to the path and query of the URL'),
  ],
]);

const JSON_SAMPLE =
  '{ "runID": "sample string 1", "projectID": "sample string 2", "jobID": "sample string 3", "chainJobs": true, ' +
  '"loggingLevel": 5, "argument": "sample string 6", "beginAtRow": "sample string 7", "endAfterRow": "sample string 8", ' +
  '"threadCount": "sample string 9", "webHookURL": "sample string 10" }';
const NAMESPACES =
  'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/StarfishAPI.Controllers"';
const XML_SAMPLE =
  `<execJobAsyncRequest ${NAMESPACES}> <argument>sample string 6</argument> <beginAtRow>sample string 7</beginAtRow> ` +
  '<chainJobs>true</chainJobs> <endAfterRow>sample string 8</endAfterRow> <jobID>sample string 3</jobID> ' +
  '<loggingLevel>5</loggingLevel> <projectID>sample string 2</projectID> <runID>sample string 1</runID> ' +
  '<threadCount>sample string 9</threadCount> <webHookURL>sample string 10</webHookURL> </execJobAsyncRequest>';

describeDocument('starfish', 'Request Formats', [
  [
    'application/json, text/json: the sample, to the letter',
    shown('waiting/ExecuteJobAsync-help-page-sample-json', JSON_SAMPLE, 'HTTP/1.1 400 '),
    shown('waiting/ExecuteJobAsync-help-page-sample-with-numbers-json', 'HTTP/1.1 200 OK'),
    tested(BODIES, 'text/json; charset=utf-8'),
  ],
  [
    'application/xml, text/xml: the sample, to the letter',
    shown('waiting/ExecuteJobAsync-help-page-sample-xml', XML_SAMPLE, 'HTTP/1.1 400 '),
    shown(
      'waiting/ExecuteJobAsync-help-page-sample-with-numbers-xml',
      'Content-Type: text/xml',
      'HTTP/1.1 200 OK',
    ),
  ],
  [
    'application/x-www-form-urlencoded',
    shown('waiting/ExecuteJobAsync-form', 'runID=run+by+form&', '"started":true'),
  ],
]);

describeDocument('starfish', 'execJobAsyncResponse', [
  [
    'runID: GUID-formatted ID which was supplied by the user at the start',
    shown('waiting/ExecuteJobAsync-json', '{"runID":"run by JSON",'),
  ],
  [
    'started: Result status after run. […] boolean',
    shown('waiting/ExecuteJobAsync-json', '"started":true,'),
    shown('waiting/ExecuteJobAsync-unknown-job', '"started":false,'),
  ],
  [
    'error: Error message that may have occurred while trying to start the job.',
    shown('waiting/ExecuteJobAsync-json', '"error":null}'),
    shown(
      'waiting/ExecuteJobAsync-unknown-job',
      '"error":"The project \'sample\' has no job with the ID \'stroll\'."}',
    ),
  ],
  [
    '{ "runID": "sample string 1", "started": true, "error": "sample string 3" }',
    shown(
      'waiting/ExecuteJobAsync-help-page-sample-with-numbers-json',
      '{"runID":"sample string 1","started":false,"error":"',
    ),
  ],
  [
    '<execJobAsyncResponse xmlns:i="…" xmlns="…"> <error> <runID> <started>, in the alphabet\'s order, without a declaration',
    shown(
      'waiting/ExecuteJobAsync-help-page-sample-with-numbers-xml',
      `\n<execJobAsyncResponse ${NAMESPACES}><error>`,
    ),
    shown(
      'waiting/ExecuteJobAsync-xml',
      '<error i:nil="true"/><runID>run by XML</runID><started>true</started></execJobAsyncResponse>',
    ),
  ],
]);

// What the help pages of the other routes say, in our words.
describeDocument('starfish', 'POST token, POST v1/ExecuteJob, GET v1/Results, POST v1/Webhook', [
  [
    'token takes the password grant as a form and answers access_token, token_type, expires_in',
    shown(
      'waiting/token-password-grant',
      'grant_type=password&username=',
      '","token_type":"bearer","expires_in":',
    ),
  ],
  [
    'ExecuteJob answers when the job has finished',
    tested(RUNS, 'answers when the job has ended, with what it counted and logged'),
  ],
  [
    'execJobRequest is execJobAsyncRequest without webHookURL, and may name an instance',
    tested(REQUEST, 'has no webHookURL: one that is sent is passed over like any unknown member'),
    tested(REQUEST, 'may name an instance of at most 255 characters, which counts for nothing'),
    shown('working/ExecuteJob-xml', '<execJobRequest '),
  ],
  [
    'ExecuteJob answers an execJobResponse: resultsResponse, error, log',
    shown('working/ExecuteJob-json', '"ignores":0,"error":null,"log":"'),
    shown('working/ExecuteJob-xml', `\n<execJobResponse ${NAMESPACES}><deletes>`),
  ],
  [
    'Results gives a collection, one of each job of the chain',
    shown('working/ExecuteJob-chain', 'GET /v1/Results/all%20three'),
  ],
  [
    'resultsResponse: runID, startTime, runTime, status, totalRows, inserts, updates, deletes, errors, skips, ignores',
    tested('dialects/starfish/wire.test.ts', 'has its members in the order of the JSON sample'),
    shown(
      'waiting/ExecuteJobAsync-xml',
      `\n<ArrayOfresultsResponse ${NAMESPACES}><resultsResponse><deletes>`,
    ),
  ],
  [
    'status: Complete or Failed',
    shown('working/ExecuteJob-json', '"status":"Complete"'),
    shown('working/Webhook-then-results', '"status":"Failed"'),
  ],
  [
    'Webhook starts the job with the raw body as its Job Argument, and gives the run an ID',
    tested(
      'dialects/starfish/webhooks.test.ts',
      'starts the job with the raw body as its argument, under a run ID of its own',
    ),
    shown('working/Webhook-then-results', 'POST /v1/Webhook?instance=main&projectid=sample&jobid=fail'),
  ],
]);

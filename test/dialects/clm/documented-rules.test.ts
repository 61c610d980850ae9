import { describeDocument, shown, tested } from '../../conformance/documented-rules.ts';

const SUCCESS = '<errorCode>0</errorCode><errorMessage xsi:nil="true"/>';
const NO_ITEMS = '<total>3</total><items></items>';
const SYSTEM_ERROR = 'java.rmi.RemoteException: [1] SYSTEM_ERROR: ';
const systemError = (operation: string) => shown(`broken-store/${operation}-system-error`, SYSTEM_ERROR);
const badToken = (operation: string) =>
  shown(`working/${operation}-unknown-token`, '<errorCode>10</errorCode>');

const IN_BAND = [
  'addPersistentIDStatus',
  'deleteAsyncOperationJobRecords',
  'getAsyncOperationStatus',
  'killAsyncOperation',
  'listAllAsyncOperationJobRecords',
  'listPersistentIDStatus',
  'listPersistentIDStatusByGroup',
  'setAsyncOperationJobComment',
];

describeDocument('clm', 'Chapter 18: what every function says', [
  [
    'token: UserToken, mandatory […] which is obtained after you invoke the login function and are authenticated',
    shown('working/login', '<token>{{token:token}}</token>'),
    shown('working/client-fault-nil-token', ' 500 '),
    shown('working/getAsyncOperationJobRecords-unknown-token', 'RemoteException: [10] INVALID_TOKEN'),
    ...IN_BAND.map(badToken),
  ],
  [
    'If a system error prevents the operation from completing, a RemoteException is thrown.',
    systemError('getAsyncOperationJobRecords'),
    ...IN_BAND.map(systemError),
  ],
]);

describeDocument('clm', 'addPersistentIDStatus', [
  [
    'This function adds a PersistentIDStatus object into the data store.',
    shown('working/addPersistentIDStatus', '<total>1</total><items><item><recordId>{{record1}}</recordId>'),
  ],
  ['pidStatus: DataObject, mandatory', shown('working/client-fault-record-missing', ' 500 ')],
  [
    'This function returns a Status object that contains an error code and error message when operation error occurs.',
    shown(
      'working/addPersistentIDStatus-to-somebody-elses-id',
      '<status><errorCode>20</errorCode><errorMessage>JOB_NOT_FOUND: ',
    ),
    shown('working/addPersistentIDStatus', `<status>${SUCCESS}</status></addPersistentIDStatusResult>`),
  ],
]);

describeDocument('clm', 'deleteAsyncOperationJobRecords', [
  [
    'This function allows you to delete job records that are associated with your username.',
    shown('waiting/deleteAsyncOperationJobRecords'),
    shown('waiting/job-of-somebody-else-does-not-exist'),
    shown('waiting/deleteAsyncOperationJobRecords-takes-the-records-along'),
  ],
  ['job_ids: Array of string, mandatory', shown('working/deleteAsyncOperationJobRecords-no-ids')],
  [
    'If the operation is not successful, the IDStatus returns a non ClmErrors.SUCCESS error code.',
    badToken('deleteAsyncOperationJobRecords'),
  ],
  [
    'If the operation is successful, the IDStatus contains an IDStatusItem array, and each IDStatusItem contains the job ID and ' +
      'the error status of the delete operation.',
    shown(
      'working/deleteAsyncOperationJobRecords-unknown-ids',
      `${SUCCESS}<items><item><id>no-such-job</id><errorCode>20</errorCode>`,
    ),
    shown('waiting/deleteAsyncOperationJobRecords', `</id>${SUCCESS}</item>`),
  ],
]);

describeDocument('clm', 'getAsyncOperationJobRecords', [
  [
    'This function returns the ClmJob that is associated with the asynchronous function. The job_id is the request ID that is ' +
      'returned from the asynchronous call.',
    shown(
      'working/asyncExecuteProgram',
      '<asyncExecuteProgramResult>{{job:uuid}}<',
      '<getAsyncOperationJobRecordsResult><jobId>{{job}}</jobId>',
    ),
  ],
  [
    'If job_id does not exist, this function returns null.',
    shown(
      'working/getAsyncOperationJobRecords-unknown-is-left-out',
      '<getAsyncOperationJobRecordsResponse xmlns="http://clm.cisco.com"></',
    ),
  ],
]);

describeDocument('clm', 'getAsyncOperationStatus', [
  [
    'If the job_id is not provided, an error in the ProgressStatus is returned.',
    shown(
      'working/getAsyncOperationStatus-empty-id',
      '<getAsyncOperationStatusResult><errorCode>2</errorCode>',
      '<taskID xsi:nil="true"/>',
    ),
  ],
  [
    'The detail of the ProgressStatus contains an array of target IDs and an array of integers indicating the progress of the ' +
      'individual targets.',
    shown(
      'working/getAsyncOperationStatus-running',
      '<targetIds><item>switch-1</item><item>switch-2</item></targetIds><progress><item>25</item><item>0</item></progress>',
    ),
    tested(
      'dialects/clm/wire.test.ts',
      'a ProgressStatus has a percentage for every target, 0 where none was reported',
    ),
  ],
  [
    'The getOverallPercentage() function in ProgressStatus provides details of the percentage of the task being executed.',
    shown('working/getAsyncOperationStatus-running', '<overallPercentage>0</overallPercentage>'),
    tested(
      'e2e/main-story.test.ts',
      'logs in, starts a job, watches it, pages through its records, kills another, deletes both, logs out',
    ),
  ],
  [
    'When an overall function error occurs, this function returns none 0 in the ProgressStatus.',
    shown('working/getAsyncOperationStatus-unknown-id', '<errorCode>20</errorCode>'),
  ],
  [
    'If the asynchronous task is completed, the entry of the task is removed and the overall status returns a job_id not found error.',
    shown(
      'working/asyncExecuteProgram',
      '<getAsyncOperationStatusResult><errorCode>20</errorCode><errorMessage>JOB_NOT_FOUND: ',
    ),
    shown(
      'working/getAsyncOperationStatus-running',
      '<getAsyncOperationStatusResult><errorCode>20</errorCode>',
    ),
  ],
]);

describeDocument('clm', 'killAsyncOperation', [
  [
    'This function kills the asynchronous operation.',
    shown('working/killAsyncOperation-running', '<status>4</status><statusName>Killed</statusName>'),
    shown('waiting/killAsyncOperation-queued'),
    tested('e2e/kill.test.ts', 'ends at once a job that no worker has yet'),
  ],
  [
    'When an overall function error occurs, this function returns a none SUCCESS value in Status.',
    shown('working/killAsyncOperation-unknown-id', '<errorCode>20</errorCode>'),
    shown('working/killAsyncOperation-running', '<errorCode>22</errorCode>'),
  ],
]);

describeDocument('clm', 'listAllAsyncOperationJobRecords', [
  [
    'This function returns all complete, incomplete, and running Cisco License Manager jobs.',
    shown(
      'working/listAllAsyncOperationJobRecords',
      '<statusName>Complete</statusName>',
      '<statusName>Failed</statusName>',
    ),
    shown('waiting/listAllAsyncOperationJobRecords-queued-and-killed', '<statusName>Incomplete</statusName>'),
    shown('working/listRunningAsyncOperationJobRecords', '<statusName>Running</statusName>'),
  ],
  [
    'include_all_user: If true, this parameter returns all records. If false, this parameter returns only records with the username.',
    shown(
      'everybody/listAllAsyncOperationJobRecords-of-all-by-an-administrator',
      '<include_all_user>true</include_all_user>',
    ),
    shown('working/listAllAsyncOperationJobRecords-of-all-by-a-user', '<errorCode>13</errorCode>'),
    shown('working/listAllAsyncOperationJobRecords', '<include_all_user>false</include_all_user>'),
  ],
  [
    'The ClmJob can be retrieved from the ClmJobStatusItem array.',
    shown('working/listAllAsyncOperationJobRecords', '<items><item><clmJob><jobId>{{first}}</jobId>'),
  ],
]);

describeDocument('clm', 'listPersistentIDStatus and listPersistentIDStatusByGroup', [
  [
    'id: The job ID that identifies the associated records.',
    shown('working/listPersistentIDStatus', '<id>pages-by-job</id>'),
    shown('working/listPersistentIDStatus-without-job'),
  ],
  [
    'This function returns an array of PersistentIDStatus Objects belonging to the given job group.',
    shown('working/listPersistentIDStatusByGroup', '<jobGroup>pages-by-group</jobGroup>'),
    shown('working/listPersistentIDStatusByGroup-without-group'),
  ],
  [
    'Offset specifies offset relative to the first record in result set to return.',
    shown(
      'working/listPersistentIDStatus',
      '<pagination><offset>2</offset><max>2</max></pagination><total>3</total><items><item><recordId>{{record3}}<',
    ),
    shown(
      'working/listPersistentIDStatusByGroup',
      '<pagination><offset>2</offset><max>2</max></pagination><total>3</total><items><item><recordId>{{record3}}<',
    ),
  ],
  [
    'Max specifies the maximum number of records to return.',
    shown(
      'working/listPersistentIDStatus',
      '<pagination><offset>0</offset><max>2</max></pagination><total>3</total>',
    ),
  ],
  [
    'If max is set to -1, all records are returned.',
    shown('working/listPersistentIDStatus', '<offset>0</offset><max>-1</max></pagination><total>3</total>'),
    tested(
      'e2e/long-list.test.ts',
      'comes whole and in order, at the pace of its reader, and others are answered meanwhile',
    ),
  ],
  [
    'If offset is greater than the number of records, it returns an array of zero size.',
    shown(
      'working/listPersistentIDStatus',
      `<pagination><offset>3</offset><max>2</max></pagination>${NO_ITEMS}`,
    ),
    shown(
      'working/listPersistentIDStatus',
      `<offset>2147483647</offset><max>2147483647</max></pagination>${NO_ITEMS}`,
    ),
    shown(
      'working/listPersistentIDStatusByGroup',
      `<offset>2147483647</offset><max>2147483647</max></pagination>${NO_ITEMS}`,
    ),
  ],
  [
    'If there is an operation error, the Status Object contains error code and message.',
    shown(
      'working/listPersistentIDStatus-negative-offset',
      '<status><errorCode>30</errorCode><errorMessage>INVALID_PAGINATION: ',
    ),
    shown(
      'working/listPersistentIDStatusByGroup-negative-offset',
      '<status><errorCode>30</errorCode><errorMessage>INVALID_PAGINATION: ',
    ),
  ],
]);

describeDocument('clm', 'setAsyncOperationJobComment', [
  [
    'This function allows you to set the comment in job records that are associated with your username.',
    shown(
      'waiting/setAsyncOperationJobComment',
      '<comment>for &lt;Bob&gt; &amp; co</comment><status>0</status>',
    ),
    shown(
      'waiting/job-of-somebody-else-does-not-exist',
      '<setAsyncOperationJobCommentResult><errorCode>20</errorCode>',
    ),
  ],
  [
    'If the operation is not successful, Status returns the none ClmErrors.SUCCESS error code.',
    shown('working/setAsyncOperationJobComment-unknown-id', '<errorCode>20</errorCode>'),
  ],
]);

// What other chapters of the API guides say, in our words.
describeDocument('clm', 'login, logout, listRunningAsyncOperationJobRecords', [
  [
    'login(user, password, server_host, port, idle_timeout, eula) returns a UserToken',
    shown('working/login', '<idle_timeout>30</idle_timeout>', '<eula>', '<loginResult><token>'),
  ],
  [
    'an idle_timeout of 0 is permanent',
    shown('working/login-without-idle-timeout-is-permanent-as-far-as-granted'),
  ],
  ['a second login of a user ends the first', shown('working/login-again-ends-the-first-session')],
  [
    'logout(token) returns a Status',
    shown('working/logout', `<logoutResult>${SUCCESS}`, '<errorCode>10</errorCode>'),
  ],
  [
    'listRunningAsyncOperationJobRecords returns the running jobs',
    shown('working/listRunningAsyncOperationJobRecords'),
  ],
  [
    'without a job group, the job ID is the name of the group',
    shown('waiting/asyncExecuteProgram-without-group', '<jobId>{{job}}</jobId><jobGroup>{{job}}</jobGroup>'),
  ],
  [
    'ClmErrors.SUCCESS is 0',
    tested('dialects/clm/errors.test.ts', 'the numbers of ClmErrors are the published ones'),
    shown('working/logout', SUCCESS),
  ],
]);

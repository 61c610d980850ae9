import { describeDocument, shown, tested } from '../../conformance/documented-rules.ts';

const XML_OF_A_JOB = shown(
  'working/export-makes-data',
  '<JobStatus Type="Export" Status="Completed" Address="http://',
  '<Parameters>Rows=2</Parameters><Id>{{job}}</Id><Identity>ada</Identity><WorkerId>',
  '</WorkerId><StatusMessage>2 rows exported</StatusMessage><Created>',
  '</Created><Updated>{{u:dateTime}}</Updated><Completed>{{done:dateTime}}</Completed><Progress>',
  '</Progress><JobData><JobData Address="',
);

describeDocument('web3', 'Web3 2.1 reference, JobStatusRepr', [
  [
    'Representation of a long-running job that includes the current job status information.',
    shown('waiting/template-xml-JobStatusRepr'),
    shown('waiting/template-json-JobStatusRepr'),
  ],
  ['<JobStatus Type="…" Status="…" Address="…"> and its elements, in their order', XML_OF_A_JOB],
  [
    'Type="%Import|Export|SchemaSync|Transaction%"',
    shown('waiting/createJob-type-Import', '<JobStatus Type="Import"'),
    shown('waiting/createJob-type-Export', '<JobStatus Type="Export"'),
    shown('waiting/createJob-type-SchemaSync', '<JobStatus Type="SchemaSync"'),
    shown('waiting/createJob-type-Transaction', '<JobStatus Type="Transaction"'),
  ],
  [
    '<Created>%date/time%</Created>, <Updated>, <Completed>: ISO 8601, left out where there is none',
    shown('waiting/createJob-type-Import', '<Updated>{{created}}</Updated><Progress>'),
    XML_OF_A_JOB,
  ],
  [
    '<Progress> See JobProgressRepr</Progress>: Started, Count, Target',
    shown(
      'working/schema-sync',
      '<Progress><Started>{{started:dateTime}}</Started><Count>2</Count><Target>2</Target>',
    ),
    shown('waiting/createJob-type-Import', '<Progress><Count>0</Count><Target>0</Target></Progress>'),
  ],
  [
    '<JobData><JobData ...>See JobDataReference</JobData>*</JobData>',
    shown('waiting/jobData', '<JobData><JobData Address="'),
    shown('waiting/createJob-type-Import', '<JobData/></JobStatus>'),
  ],
  [
    'JSON Representation: "Id", "Address", … "Status", "Parameters", in their order',
    shown(
      'waiting/template-json-JobStatusRepr',
      '{"Id":"{{job}}","Address":"http://127.0.0.1/web3/topicmaps/opera/jobs/{{job}}","Identity":"ada","WorkerId":null,' +
        '"StatusMessage":null,"Created":',
      '"Completed":null,"Progress":{"Started":null,"Count":0,"Target":0},"JobData":[],"JobType":2,"Status":1,"Parameters":"',
    ),
  ],
  [
    '"JobType":2, "Status":2, "Parameters":"%job parameters list%"',
    shown('working/processing-is-neither-changed-nor-cancelled', '"JobType":2,"Status":2,"Parameters":"'),
    shown('waiting/template-json-JobRepr-with-its-Status-2', '{"Status":400,'),
  ],
  [
    '"Created":%date/time%: .NET\'s form of those days, or ISO 8601 by configuration',
    shown(
      'working/schema-sync',
      '"Created":"\\/Date({{c:int}})\\/","Updated":"\\/Date({{n:int}})\\/","Completed":"\\/Date(',
    ),
    shown('settings/dates-iso', '"Created":"{{created}}","Updated":"{{created}}","Completed":null'),
  ],
  [
    '"JobData": array of JobDataReference',
    shown('waiting/jobData', '[{"Address":"'),
    shown('waiting/createJob-type-number-1', '"JobData":[]'),
  ],
]);

describeDocument(
  'web3',
  'Web3 2.1 reference, JobStatusRepr: the JobType property can have the following values',
  [
    ['0 Null: Reserved', shown('waiting/createJob-type-Null-is-reserved', 'HTTP/1.1 400 ')],
    [
      '1 TopicMapTransaction: Process a set of topic map update operations defined by a TransactionRepr',
      shown('waiting/createJob-type-Transaction', '"JobType":1,'),
      shown(
        'waiting/createJob-type-TopicMapTransaction',
        '<Job Type="TopicMapTransaction"',
        '<JobStatus Type="Transaction"',
      ),
      shown('working/transaction', '<StatusMessage>3 operations carried out</StatusMessage>'),
    ],
    [
      '2 Import: Import data into a topic map',
      shown('waiting/createJob-type-Import', '"JobType":2,'),
      shown('working/import-of-attached-data', '<StatusMessage>2 lines imported</StatusMessage>'),
    ],
    [
      '3 Export: Export data from a topic map',
      shown('waiting/createJob-type-Export', '"JobType":3,'),
      shown('working/export-makes-data', '<StatusMessage>2 rows exported</StatusMessage>'),
    ],
    [
      '4 SchemaSync: Synchronize a topic map with its referenced schema.',
      shown('waiting/createJob-type-SchemaSync', '"JobType":4,'),
      shown('working/schema-sync', '<StatusMessage>the topic map agrees with its schema</StatusMessage>'),
    ],
    [
      'whatever the state or the type, its number and its name',
      tested('dialects/web3/status.test.ts', '%s shows as %s'),
    ],
  ],
);

describeDocument(
  'web3',
  'Web3 2.1 reference, JobStatusRepr: the Status property can be assigned the following values',
  [
    [
      '0 Created: Status for a job that has been created in the store, but not queued for processing yet',
      shown('waiting/createJob-type-Import', 'Status="Created"', '"Status":0,'),
    ],
    [
      '1 Queued: Status for a job that is queued for processing.',
      shown('waiting/template-xml-JobStatusRepr', '<JobStatus Type="Import" Status="Queued"'),
      shown('waiting/template-json-JobStatusRepr', '"JobType":2,"Status":1,"Parameters"'),
    ],
    [
      '2 Processing: Status for a job that is being actively processed by a worker.',
      shown('working/processing-is-neither-changed-nor-cancelled', 'Status="Processing"', '"Status":2,'),
    ],
    [
      '3 Completed: Status for a job that has completed processing successfully.',
      shown('working/schema-sync', 'Status="Completed"', '"Status":3,'),
    ],
    [
      '4 CompletedWithErrors: Status for a job that has encountered an error that prevented successful processing',
      shown('working/a-failed-job-stays-listed-and-says-why', 'Status="CompletedWithErrors"', '"Status":4,'),
    ],
    [
      '99 Unknown: Reserved for future use',
      shown('waiting/createJob-status-Unknown-is-reserved', 'HTTP/1.1 400 '),
    ],
  ],
);

describeDocument('web3', 'Web3 2.1 reference, JobStatusRepr: Notes', [
  [
    'For both representations, the parameters list is a semi-colon separated list of parameter=value pairs. E.g. ' +
      '"ParamName=ParamValue;ParamName2=ParamValue2"',
    shown(
      'waiting/template-xml-JobStatusRepr',
      '<Parameters>ParamName=ParamValue;ParamName2=ParamValue2</Parameters><Id>',
    ),
    shown(
      'waiting/template-json-JobStatusRepr',
      '"Parameters":"ParamName=ParamValue;ParamName2=ParamValue2"}',
    ),
    tested('dialects/web3/parameters.test.ts', 'ParamName=ParamValue;ParamName2=ParamValue2'),
  ],
]);

// What the reference says elsewhere, in our words.
describeDocument('web3', 'Web3 2.1 reference, lists, formats and errors', [
  [
    'a page has 25 items unless take says otherwise',
    tested(
      'dialects/web3/list.test.ts',
      'a page has 25 jobs unless asked for more, and never more than the gateway allows',
    ),
  ],
  [
    'a take above the most that the server gives is capped silently',
    shown('settings/take-is-capped-silently', '?take=50 ', 'Length="2"'),
  ],
  ['the job that was updated last is listed first', shown('waiting/listJobs-newest-update-first')],
  ['a failed job stays listed', shown('working/a-failed-job-stays-listed-and-says-why', '"Count":1,')],
  [
    'a job is had as XML, as JSON and as a page',
    shown('waiting/format-html', 'Content-Type: text/html; charset=utf-8'),
  ],
  [
    'HEAD tells Last-Modified and ETag',
    shown(
      'waiting/getJob-head-has-Last-Modified-and-ETag',
      'Last-Modified: {{modified:anything}}',
      'ETag: {{etag}}',
    ),
  ],
  [
    'a job that is being processed or has finished may be neither updated nor deleted',
    shown('working/processing-is-neither-changed-nor-cancelled', 'PUT ', 'DELETE ', 'HTTP/1.1 409 Conflict'),
    shown('working/import-of-attached-data', 'PUT ', 'DELETE ', 'HTTP/1.1 409 Conflict'),
  ],
  [
    'JobRepr: <Job Type Status><Parameters/></Job>',
    shown('waiting/updateJob', '<Job Type="Export" Status="Queued">'),
  ],
  ['JobRepr: JobType, Status, Parameters', shown('waiting/updateJob-json', '"Status":1,"JobType":3,')],
  ['?format= always wins', shown('waiting/format-parameter-always-wins')],
  ['then Accept', shown('waiting/format-accept-before-content-type')],
  ['then the Content-Type of the request', shown('waiting/format-content-type-when-there-is-no-accept')],
  [
    'the media types are application/xml, text/xml, application/json, text/json and text/html',
    shown('waiting/format-accept-before-content-type', 'Content-Type: text/xml; charset=utf-8'),
    shown('waiting/format-content-type-when-there-is-no-accept', 'Content-Type: text/json; charset=utf-8'),
    shown('waiting/format-html', 'Content-Type: text/html; charset=utf-8'),
  ],
  [
    '404: unknown',
    shown('waiting/error-404-in-xml'),
    shown('waiting/error-404-in-json'),
    shown('waiting/error-404-in-html'),
  ],
  ['401: not allowed', shown('waiting/error-401-without-credentials', 'HTTP/1.1 401 ')],
  ['406: in no format that is asked for', shown('waiting/format-not-acceptable', 'HTTP/1.1 406 ')],
  ['400: unparsable', shown('waiting/error-400-unparsable'), shown('waiting/error-400-unparsable-json')],
]);

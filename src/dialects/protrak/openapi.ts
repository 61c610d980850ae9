import type { OpenApiPart } from '../dialect.ts';

const schema = (name: string) => ({ $ref: `#/components/schemas/Protrak${name}` });
const json = (of: object) => ({ 'application/json': { schema: of } });
const body = (of: object) => ({ required: true, content: json(of) });
const answer = (description: string, of: object) => ({ description, content: json(of) });
const refused = (description: string) => answer(description, schema('Error'));

const REFUSALS = {
  400: refused('What was wrong with the request, and where'),
  401: refused('Not signed in, or not any more'),
  429: refused('Too many requests at once with this token'),
  default: refused('Something else went wrong'),
};
const UNKNOWN = { 404: refused('There is no such job, or it is not yours') };
const TOO_LARGE = {
  413: refused('The body or the arguments are too large'),
  415: refused('Not JSON, or in a charset that is not read'),
};
const CREATED = {
  201: {
    ...answer("The new job's id", { type: 'string', format: 'uuid' }),
    headers: { Location: { description: 'Where the job is', schema: { type: 'string', format: 'uri' } } },
  },
};
const JOB_ID = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
const PROGRAM = { name: 'programName', in: 'path', required: true, schema: { type: 'string' } };
const number = (name: string, description: string, bounds: object) => ({
  ...{ name, in: 'query', description },
  schema: { type: 'integer', ...bounds },
});

const operation = (operationId: string, summary: string, rest: object) => ({
  ...{ operationId, summary, tags: ['protrak'], security: [{ protrakToken: [] }] },
  ...rest,
});

const ASYNC_JOB = {
  type: 'object',
  required: [
    'id',
    'type',
    'status',
    'creator',
    'created',
    'completedDate',
    'isRead',
    'bulkOperationType',
    'programExecutionInfo',
  ],
  properties: {
    id: { type: 'string', format: 'uuid' },
    type: { const: 'ExecuteCommonProgram' },
    status: { enum: ['InProgress', 'Completed', 'Failed', 'Abandoned'] },
    creator: {
      type: 'object',
      required: ['userId', 'userName', 'userEmail'],
      properties: {
        userId: { type: 'string', format: 'uuid' },
        userName: { type: 'string' },
        userEmail: { type: 'string' },
      },
    },
    created: { type: 'string', format: 'date-time' },
    completedDate: { type: ['string', 'null'], format: 'date-time' },
    isRead: { type: 'boolean' },
    bulkOperationType: { const: 0 },
    errorMessage: { type: 'string', description: 'Only when the status is Failed' },
    programExecutionInfo: {
      type: 'object',
      required: ['programName', 'arguments'],
      properties: {
        programName: { type: 'string' },
        arguments: { type: 'array', items: {} },
        result: { type: 'array', items: {}, description: 'Only when the status is Completed' },
      },
    },
  },
};

const NEW_ASYNC_JOB = {
  type: 'object',
  required: ['type', 'programExecutionInfo'],
  properties: {
    type: { const: 'ExecuteCommonProgram' },
    programExecutionInfo: {
      type: 'object',
      required: ['programName'],
      properties: {
        programName: { type: 'string', minLength: 1, maxLength: 255 },
        arguments: { type: ['array', 'null'], items: {} },
      },
    },
  },
};

/** The room's share of the OpenAPI document. */
export const protrakOpenApi: OpenApiPart = {
  paths: {
    '/protrak/api/asyncJobs': {
      post: operation('protrakCreateAsyncJob', 'CreateAsyncJobAsync: starts a job', {
        requestBody: body(schema('NewAsyncJob')),
        responses: { ...CREATED, ...REFUSALS, ...TOO_LARGE },
      }),
      get: operation('protrakListAsyncJobs', "The caller's own jobs, newest first", {
        parameters: [
          number('skip', 'How many of the newest to leave out', { minimum: 0, default: 0 }),
          number('take', 'At most how many; more than 100 is 100', { minimum: 1, default: 25 }),
        ],
        responses: { 200: answer('Jobs', { type: 'array', items: schema('AsyncJob') }), ...REFUSALS },
      }),
    },
    '/protrak/api/asyncJobs/{id}': {
      parameters: [JOB_ID],
      get: operation('protrakGetAsyncJob', 'GetAsyncJobAsync: a job', {
        parameters: [
          number('wait', 'Seconds to hold the answer until the job has ended; more than 60 is 60', {
            minimum: 0,
          }),
        ],
        responses: { 200: answer('The job', schema('AsyncJob')), ...REFUSALS, ...UNKNOWN },
      }),
      put: operation('protrakUpdateAsyncJob', 'UpdateAsyncJobAsync: marks a job as read', {
        responses: { 204: { description: 'It is' }, ...REFUSALS, ...UNKNOWN },
      }),
    },
    '/protrak/api/programs/{programName}/executeCommonProgramAsAsyncJob': {
      parameters: [PROGRAM],
      post: operation(
        'protrakExecuteCommonProgramAsAsyncJob',
        'ExecuteCommonProgramAsAsyncJobAsync: starts a job',
        {
          requestBody: body({ type: 'array', items: {} }),
          responses: { ...CREATED, ...REFUSALS, ...TOO_LARGE },
        },
      ),
    },
    '/protrak/api/programs/{programName}/executeCommonProgram': {
      parameters: [PROGRAM],
      post: operation('protrakExecuteCommonProgram', 'Runs a program and waits for its end', {
        requestBody: body({}),
        responses: {
          200: answer('What the program returned', {}),
          ...REFUSALS,
          400: refused('The request is wrong, or the program failed'),
          ...TOO_LARGE,
          503: refused('The gateway is stopping; the job goes on'),
        },
      }),
    },
  },
  components: {
    schemas: {
      ProtrakAsyncJob: ASYNC_JOB,
      ProtrakNewAsyncJob: NEW_ASYNC_JOB,
      ProtrakError: {
        type: 'object',
        required: ['message', 'code'],
        properties: { message: { type: 'string' }, code: { type: 'string' } },
      },
    },
    securitySchemes: { protrakToken: { type: 'http', scheme: 'bearer' } },
  },
};

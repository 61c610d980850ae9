import type { OpenApiPart } from '../dialect.ts';

const schema = (name: string) => ({ $ref: `#/components/schemas/Web3${name}` });
const written = (of: object) => ({
  'application/xml': { schema: of },
  'text/xml': { schema: of },
  'application/json': { schema: of },
  'text/json': { schema: of },
});
const forms = (of: object) => ({ ...written(of), 'text/html': { schema: { type: 'string' } } });
const answer = (description: string, of: object, headers: object = {}) => ({
  ...{ description, headers },
  content: forms(of),
});
const refused = (description: string) => answer(description, schema('Error'));

const text = { type: 'string' };
const uri = { type: 'string', format: 'uri' };
const count = { type: 'integer', minimum: 0 };
const time = {
  type: 'string',
  description: '`\\/Date(ms)\\/` or ISO 8601, as the gateway is set up; ISO 8601 in XML',
};
const orNull = (of: { type: string }) => ({ ...of, type: [of.type, 'null'] });
const attribute = (of: object) => ({ ...of, xml: { attribute: true } });
const header = (description: string, of: object) => ({ description, schema: of });

const REFUSALS = {
  400: refused('What was wrong with the request, and where'),
  401: refused('Not signed in'),
  429: refused('Too many requests at once with this token, or too many failed log-ins'),
  406: refused('None of our formats is acceptable'),
  default: refused('Anything else, such as a store that is away'),
};
const UNKNOWN = { 404: refused('There is no such job in this topic map, or it is not yours') };
const CHANGES = {
  409: refused('The job is being processed, or has finished'),
  412: refused('The job is no longer as the condition wants it'),
};
const BODY = { 413: refused('The body is too large'), 415: refused('Neither XML nor JSON') };
const LOCATION = { Location: header('Its address', uri) };
const VALIDATORS = {
  ETag: header('Another one with each change', text),
  'Last-Modified': header('When the job changed last', text),
};

const path = (name: string, of: object = text) => ({ name, in: 'path', required: true, schema: of });
const query = (name: string, description: string, of: object) => ({
  ...{ name, in: 'query', description },
  schema: of,
});
const FORMAT = query('format', 'Wins over Accept, which wins over Content-Type', {
  enum: ['xml', 'json', 'html'],
});

const operation = (operationId: string, summary: string, rest: object) => ({
  ...{ operationId, summary, tags: ['web3'], security: [{ web3Basic: [] }, { web3Token: [] }] },
  ...rest,
});
const JOB_BODY = { required: true, content: written(schema('Job')) };

const JOB_STATUS = {
  type: 'object',
  xml: { name: 'JobStatus' },
  properties: {
    Id: text,
    Address: attribute(uri),
    Identity: { ...text, description: 'Who submitted it' },
    WorkerId: orNull(text),
    StatusMessage: orNull(text),
    Created: time,
    Updated: time,
    Completed: orNull(time),
    Progress: {
      type: 'object',
      properties: { Started: orNull(time), Count: { type: 'number' }, Target: { type: 'number' } },
    },
    JobData: { type: 'array', items: schema('JobDataReference') },
    JobType: {
      enum: [1, 2, 3, 4],
      description: 'In XML the attribute Type: Transaction, Import, Export, SchemaSync',
    },
    Status: {
      enum: [0, 1, 2, 3, 4],
      description: 'In XML an attribute: Created, Queued, Processing, Completed, CompletedWithErrors',
    },
    Parameters: { ...text, description: 'Name=Value;Name2=Value2' },
  },
};

const JOB = {
  type: 'object',
  xml: { name: 'Job' },
  required: ['JobType', 'Status'],
  properties: {
    JobType: {
      enum: [1, 2, 3, 4],
      description: 'In XML the attribute Type: Transaction, Import, Export, SchemaSync',
    },
    Status: { enum: [0, 1], description: 'In XML an attribute: Created (stored only) or Queued' },
    Parameters: { ...text, description: 'Name=Value;Name2=Value2; Program names what to run' },
  },
};

const JOB_STATUS_LIST = {
  type: 'object',
  xml: { name: 'JobStatusList' },
  properties: {
    Start: attribute(count),
    Count: attribute({ ...count, description: 'Of all pages' }),
    Length: attribute({ ...count, description: 'Of this page' }),
    ListUrl: attribute(uri),
    Next: attribute(orNull(uri)),
    Previous: attribute(orNull(uri)),
    Items: { type: 'array', items: schema('JobStatus'), xml: { wrapped: true } },
  },
};

const JOB_DATA_REFERENCE = {
  type: 'object',
  xml: { name: 'JobData' },
  properties: {
    Address: attribute(uri),
    ContentType: attribute(text),
    Length: attribute({ ...count, description: 'Bytes' }),
    Created: attribute(time),
  },
};

/** The room's share of the OpenAPI document. */
export const WEB3_OPENAPI: OpenApiPart = {
  paths: {
    '/web3/topicmaps/{tm}/jobs': {
      parameters: [path('tm'), FORMAT],
      get: operation('web3ListJobs', 'A page of the jobs of a topic map, the newest change first', {
        parameters: [
          query('skip', 'How many to leave out', { ...count, default: 0 }),
          query('take', 'At most how many; the gateway has a limit', {
            type: 'integer',
            minimum: 1,
            default: 25,
          }),
        ],
        responses: { 200: answer('The page', schema('JobStatusList')), ...REFUSALS },
      }),
      post: operation('web3CreateJob', 'Creates a job', {
        requestBody: JOB_BODY,
        responses: {
          201: answer('The job', schema('JobStatus'), { ...LOCATION, ...VALIDATORS }),
          ...REFUSALS,
          ...BODY,
        },
      }),
    },
    '/web3/topicmaps/{tm}/jobs/{id}': {
      parameters: [path('tm'), path('id'), FORMAT],
      get: operation('web3GetJob', 'A job', {
        parameters: [
          query('wait', 'Seconds to hold the answer until the status changes; more than 60 is 60', count),
        ],
        responses: {
          200: answer('The job', schema('JobStatus'), VALIDATORS),
          304: { description: 'As the client has it' },
          ...REFUSALS,
          ...UNKNOWN,
        },
      }),
      put: operation('web3UpdateJob', 'Changes a job that no worker has taken', {
        requestBody: JOB_BODY,
        responses: {
          200: answer('The job', schema('JobStatus'), VALIDATORS),
          ...REFUSALS,
          ...UNKNOWN,
          ...CHANGES,
          ...BODY,
        },
      }),
      delete: operation('web3CancelJob', 'Cancels a job that no worker has taken', {
        responses: { 204: { description: 'It is' }, ...REFUSALS, ...UNKNOWN, ...CHANGES },
      }),
    },
    '/web3/topicmaps/{tm}/jobs/{id}/data': {
      parameters: [path('tm'), path('id'), FORMAT],
      get: operation('web3ListJobData', 'What belongs to a job', {
        responses: {
          200: answer('References', { type: 'array', items: schema('JobDataReference') }),
          ...REFUSALS,
          ...UNKNOWN,
        },
      }),
      post: operation('web3AttachJobData', 'Attaches the body to a job that is only stored', {
        requestBody: { required: true, content: { '*/*': { schema: {} } } },
        responses: {
          201: answer('The reference', schema('JobDataReference'), LOCATION),
          ...REFUSALS,
          ...UNKNOWN,
          409: refused('The job is queued, or was'),
          413: refused('The body is too large'),
        },
      }),
    },
    '/web3/topicmaps/{tm}/jobs/{id}/data/{n}': {
      parameters: [path('tm'), path('id'), path('n', { type: 'integer', minimum: 1 })],
      get: operation('web3GetJobData', 'An item as it was stored', {
        responses: {
          200: { description: 'Its bytes', headers: VALIDATORS, content: { '*/*': { schema: {} } } },
          304: { description: 'As the client has it' },
          ...REFUSALS,
          ...UNKNOWN,
        },
      }),
    },
  },
  components: {
    schemas: {
      Web3Job: JOB,
      Web3JobStatus: JOB_STATUS,
      Web3JobStatusList: JOB_STATUS_LIST,
      Web3JobDataReference: JOB_DATA_REFERENCE,
      Web3Error: {
        type: 'object',
        xml: { name: 'Error' },
        properties: { Status: attribute({ type: 'integer' }), Message: text },
      },
    },
    securitySchemes: {
      web3Basic: { type: 'http', scheme: 'basic' },
      web3Token: { type: 'http', scheme: 'bearer' },
    },
  },
};

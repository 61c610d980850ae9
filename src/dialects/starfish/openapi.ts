import type { OpenApiPart } from '../dialect.ts';
import { STARFISH_SCHEMAS } from './openapi-schemas.ts';

type Schema = keyof typeof STARFISH_SCHEMAS;

const ref = (schema: Schema) => ({ $ref: `#/components/schemas/${schema}` });
const json = (schema: object) => ({ 'application/json': { schema } });
/** The help page's formats, of requests and of answers. */
const FORMATS = ['application/json', 'text/json', 'application/xml', 'text/xml'];
const both = (schema: object) => Object.fromEntries(FORMATS.map((format) => [format, { schema }]));
const ok = (description: string, schema: object) => ({ description, content: both(schema) });
const error = (description: string) => ({ description, content: both(ref('StarfishError')) });

const OTHERS = { default: error('Anything else that went wrong; with Retry-After where it may pass.') };
const DENIED = {
  '401': error('No token, or one that does not hold.'),
  '429': error('Too many requests at once with this token.'),
};
const REFUSED = {
  '400': error('Members that are missing or not what they must be, each named in ModelState.'),
  ...DENIED,
  '413': error('A body that is too large.'),
  '415': error('A media type or charset that is not read.'),
  ...OTHERS,
};
const SECURITY = [{ starfishBearer: [] }];

const body = (schema: Schema) => ({
  required: true,
  content: { ...both(ref(schema)), 'application/x-www-form-urlencoded': { schema: ref(schema) } },
});

const queryText = (name: string, required: boolean, description: string) => ({
  ...{ name, required, description },
  in: 'query',
  schema: { type: 'string' },
});

const PATHS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  '/token': {
    post: {
      operationId: 'starfishToken',
      tags: ['starfish'],
      summary: 'Log in: the OAuth 2 password grant.',
      security: [],
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              required: ['grant_type', 'username', 'password'],
              properties: {
                grant_type: { const: 'password' },
                username: { type: 'string' },
                password: { type: 'string', format: 'password' },
              },
            },
          },
        },
      },
      responses: {
        '200': { description: 'A token.', content: json(ref('StarfishToken')) },
        '400': {
          description: 'Not a log-in, or one that failed; with Retry-After where it came too soon.',
          content: json(ref('StarfishTokenError')),
        },
        ...OTHERS,
      },
    },
  },
  '/v1/ExecuteJobAsync': {
    post: {
      operationId: 'starfishExecuteJobAsync',
      tags: ['starfish'],
      summary: 'Start a job, or a chain of jobs, and answer at once.',
      security: SECURITY,
      requestBody: body('StarfishExecJobAsyncRequest'),
      responses: {
        '200': ok('Started, or why not.', ref('StarfishExecJobAsyncResponse')),
        ...REFUSED,
      },
    },
  },
  '/v1/ExecuteJob': {
    post: {
      operationId: 'starfishExecuteJob',
      tags: ['starfish'],
      summary: 'Start a job, or a chain of jobs, and answer when it has ended.',
      security: SECURITY,
      requestBody: body('StarfishExecJobRequest'),
      responses: {
        '200': ok('The last job that ran.', ref('StarfishExecJobResponse')),
        ...REFUSED,
        '503': error('The server stops. The run goes on: the same request waits for its end.'),
      },
    },
  },
  '/v1/Results/{id}': {
    get: {
      operationId: 'starfishResults',
      tags: ['starfish'],
      summary: 'The jobs of a run.',
      security: SECURITY,
      parameters: [
        { name: 'id', in: 'path', required: true, description: 'The runID.', schema: { type: 'string' } },
      ],
      responses: {
        '200': ok('In the order in which they run; none where there is no such run.', {
          type: 'array',
          items: ref('StarfishResultsResponse'),
          xml: { name: 'ArrayOfresultsResponse', wrapped: true },
        }),
        ...DENIED,
        ...OTHERS,
      },
    },
  },
  '/v1/Webhook': {
    post: {
      operationId: 'starfishWebhook',
      tags: ['starfish'],
      summary: 'Start a job with the body as its Job Argument.',
      security: [...SECURITY, { starfishQueryToken: [] }],
      parameters: [
        queryText('projectid', true, 'A project of the catalogue.'),
        queryText('jobid', true, 'A job of the project.'),
        queryText('instance', false, 'Counts for nothing: there is one.'),
      ],
      requestBody: { content: { 'text/plain': { schema: { type: 'string', maxLength: 1_048_576 } } } },
      responses: {
        '200': ok(
          'Started, under a run ID that was made up for it; or why not.',
          ref('StarfishExecJobAsyncResponse'),
        ),
        ...REFUSED,
      },
    },
  },
};

/** Each path once more below `/api`: an operation's ID may be there once only. */
const BELOW_API = Object.entries(PATHS).map(([path, item]) => [
  `/api${path}`,
  Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, withoutId(operation)])),
]);

function withoutId(operation: object): object {
  return Object.fromEntries(Object.entries(operation).filter(([name]) => name !== 'operationId'));
}

/** Paths match in whatever case. */
export const STARFISH_OPENAPI: OpenApiPart = {
  paths: { ...PATHS, ...Object.fromEntries(BELOW_API) },
  components: {
    schemas: STARFISH_SCHEMAS,
    securitySchemes: {
      starfishBearer: { type: 'http', scheme: 'bearer' },
      starfishQueryToken: { type: 'apiKey', in: 'query', name: 'token' },
    },
  },
};

import type { OpenApiPart } from '../dialect.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const refused = (description: string) => ({
  description,
  content: json({ $ref: '#/components/schemas/CallbackError' }),
});
const count = { type: 'integer', minimum: 0 };

const REPORT = {
  type: 'object',
  description: 'What is not there is unchanged. With result or error the job ends.',
  additionalProperties: false,
  properties: {
    progress: {
      type: 'object',
      required: ['count'],
      properties: {
        count: { type: 'number', minimum: 0 },
        target: { type: 'number', minimum: 0, default: 0 },
      },
    },
    targetProgress: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'percent'],
        properties: { id: { type: 'string' }, percent: { type: 'integer', minimum: 0, maximum: 100 } },
      },
    },
    records: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'errorCode'],
        properties: {
          id: { type: 'string', maxLength: 256 },
          errorCode: { type: 'integer' },
          errorMessage: { type: ['string', 'null'], maxLength: 131_072 },
        },
      },
    },
    log: {
      type: 'array',
      items: {
        type: 'object',
        required: ['level', 'text'],
        properties: { level: { enum: [1, 2, 3] }, text: { type: 'string', maxLength: 131_072 } },
      },
    },
    status: { type: 'string', maxLength: 1_024 },
    rows: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...{ total: count, inserts: count, updates: count, deletes: count },
        ...{ errors: count, skips: count, ignores: count },
      },
    },
    result: { description: 'At most 1 MiB of JSON' },
    error: { type: 'string', maxLength: 131_072 },
  },
};

/** The room's share of the OpenAPI document. */
export const callbackOpenApi: OpenApiPart = {
  paths: {
    '/jobgate/callback/{jobId}': {
      parameters: [{ name: 'jobId', in: 'path', required: true, schema: { type: 'string' } }],
      post: {
        operationId: 'callbackReport',
        summary: 'How the endpoint of an http program reports on a job that it was given',
        tags: ['callback'],
        security: [{ callbackToken: [] }],
        requestBody: { required: true, content: json({ $ref: '#/components/schemas/CallbackReport' }) },
        responses: {
          200: {
            description: 'It is stored; cancelling: the job is to stop',
            content: json({
              type: 'object',
              required: ['cancelling'],
              properties: { cancelling: { type: 'boolean' } },
            }),
          },
          400: refused('What is wrong with the body, and where; nothing was stored'),
          401: refused("The token is not that of a call for this job, or the job's end is long past"),
          409: refused('The job has ended, or its endpoint was called anew: stop'),
          413: refused('The body is too large'),
          503: refused('Send it again, after the seconds that Retry-After says'),
          default: refused('Something else went wrong'),
        },
      },
    },
  },
  components: {
    schemas: {
      CallbackReport: REPORT,
      CallbackError: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
    },
    securitySchemes: {
      callbackToken: { type: 'http', scheme: 'bearer', description: 'The token that came with the job' },
    },
  },
};

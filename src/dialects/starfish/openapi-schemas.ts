import { DATA_CONTRACT } from './document.ts';
import { RUN_DEFAULTS } from './run-request.ts';

const XML = { xml: { namespace: DATA_CONTRACT } } as const;
const id = (description: string) => ({ type: 'string', minLength: 1, maxLength: 36, description });
const wholeNumber = (minimum: number, description: string) => ({
  oneOf: [
    { type: 'string', pattern: '^[0-9]+$' },
    { type: 'integer', minimum, maximum: 2_147_483_647 },
  ],
  description,
});
const count = (description: string) => ({ type: 'integer', minimum: 0, description });

const RUN = {
  runID: id(
    "The client's own ID of the run. Used again with the same request, nothing is started a second time.",
  ),
  projectID: id('A project of the catalogue.'),
  jobID: id('A job of the project.'),
  chainJobs: {
    type: 'boolean',
    default: RUN_DEFAULTS.chainJobs,
    description:
      'Whether the jobs that follow it in its chain run too, each when the one before has completed.',
  },
  loggingLevel: {
    type: 'integer',
    minimum: 0,
    default: RUN_DEFAULTS.loggingLevel,
    description: '0 none, 1 low, 2 medium, 3 high; more than 3 is 3.',
  },
  argument: { type: ['string', 'null'], maxLength: 1_048_576, description: 'The Job Argument.' },
  beginAtRow: wholeNumber(0, `The first row to process; ${RUN_DEFAULTS.beginAtRow} by default.`),
  endAfterRow: wholeNumber(0, 'The last row to process; all by default.'),
  threadCount: wholeNumber(1, `${RUN_DEFAULTS.threadCount} by default.`),
} as const;

const REQUIRED = ['runID', 'projectID', 'jobID'];

const RESULTS = {
  runID: { type: 'string' },
  startTime: { type: ['string', 'null'], format: 'date-time', description: 'Null before the start.' },
  runTime: { type: ['string', 'null'], description: 'hh:mm:ss.fff; null before the start.' },
  status: { enum: ['Pending', 'Running', 'Complete', 'Failed'] },
  totalRows: count('Origin rows processed.'),
  inserts: count('Rows inserted in the destination.'),
  updates: count('Rows updated in the destination.'),
  deletes: count('Rows deleted in the destination.'),
  errors: count('Errors that occurred.'),
  skips: count('Rows skipped.'),
  ignores: count('Updates for which there was no record.'),
} as const;

/** The room's classes; each member's place in JSON is the place in its sample. */
export const STARFISH_SCHEMAS = {
  StarfishExecJobAsyncRequest: {
    ...XML,
    type: 'object',
    required: REQUIRED,
    properties: {
      ...RUN,
      webHookURL: {
        type: ['string', 'null'],
        format: 'uri',
        maxLength: 2_048,
        description:
          'Absolute, http or https, without credentials; gets an execJobResponse when the run has ended.',
      },
    },
  },
  StarfishExecJobRequest: {
    ...XML,
    type: 'object',
    required: REQUIRED,
    properties: {
      ...RUN,
      instance: {
        type: ['string', 'null'],
        maxLength: 255,
        description: 'Counts for nothing: there is one.',
      },
    },
  },
  StarfishExecJobAsyncResponse: {
    ...XML,
    type: 'object',
    required: ['runID', 'started', 'error'],
    properties: {
      runID: { type: 'string' },
      started: { type: 'boolean' },
      error: { type: ['string', 'null'], description: 'Why nothing was started.' },
    },
  },
  StarfishResultsResponse: { ...XML, type: 'object', required: Object.keys(RESULTS), properties: RESULTS },
  StarfishExecJobResponse: {
    ...XML,
    type: 'object',
    required: [...Object.keys(RESULTS), 'error', 'log'],
    properties: {
      ...RESULTS,
      error: { type: ['string', 'null'] },
      log: { type: 'string', description: 'A line for each log line that the loggingLevel lets through.' },
    },
  },
  StarfishToken: {
    type: 'object',
    required: ['access_token', 'token_type', 'expires_in'],
    properties: {
      access_token: { type: 'string' },
      token_type: { const: 'bearer' },
      expires_in: { type: 'integer', description: 'Seconds that the token holds, unused.' },
    },
  },
  StarfishTokenError: {
    type: 'object',
    required: ['error', 'error_description'],
    properties: {
      error: { enum: ['invalid_request', 'invalid_grant', 'unsupported_grant_type'] },
      error_description: { type: 'string' },
    },
  },
  StarfishError: {
    type: 'object',
    required: ['Message'],
    properties: {
      Message: { type: 'string' },
      ModelState: {
        type: 'object',
        description: 'What is wrong with each member, such as `request.runID`.',
        additionalProperties: { type: 'array', items: { type: 'string' } },
      },
    },
  },
} as const;

import type { OpenApiPart } from '../dialect.ts';
import {
  ENUM_STYLES,
  SCHEDULE_DATA_TYPE,
  SCHEDULE_STATUS,
  SCHEDULE_TYPE,
  SEARCH_MATCH_TYPE,
  TASK_STATUS,
} from './enumerations.ts';

const schema = (name: string) => ({ $ref: `#/components/schemas/Pyramid${name}` });
const list = (name: string) => ({ type: 'array', items: schema(name) });
const json = (of: object) => ({ 'application/json': { schema: of } });
const answer = (description: string, of: object) => ({ description, content: json(of) });
const refused = (description: string) => answer(description, schema('Error'));

const TEXT = { type: 'string' };
const TEXT_OR_NULL = { type: ['string', 'null'] };
const DATE = { type: 'string', format: 'date-time' };
const DATE_OR_NULL = { type: ['string', 'null'], format: 'date-time' };
const COUNT = { type: 'integer', minimum: 0 };
const PERCENT = { type: 'number', minimum: 0, maximum: 100 };
const NULL = { type: 'null' };

const ENUMS = {
  name: 'enums',
  in: 'query',
  description: 'How the values of enumerations are spelt; a setting says what they are without it',
  schema: { enum: ENUM_STYLES },
};

/** A number, or the name that the SDKs read. */
const enumeration = (table: Readonly<Record<string, number>>) => ({
  enum: [...Object.values(table), ...Object.keys(table)],
  description: Object.entries(table)
    .map(([name, number]) => `${number} ${name}`)
    .join(', '),
});

const COUNTERS = ['success', 'partialSuccess', 'failed', 'canceled', 'running', 'pending', 'triggerStopped'];

const REFUSALS = {
  400: refused('What was wrong with the request'),
  401: refused('The header paToken is missing, or its token no longer counts'),
  404: refused('There is no such id, or it is not yours'),
  413: refused('The body is too large'),
};

const method = (name: string, summary: string, request: object, response: object, rest: object = {}) => ({
  [`/API3/tasks/${name}`]: {
    post: {
      operationId: `pyramid${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      tags: ['pyramid'],
      summary,
      security: [{ pyramidToken: [] }],
      parameters: [ENUMS],
      requestBody: { required: true, content: json(request) },
      responses: { 200: answer('Done', response), ...REFUSALS, ...rest },
    },
  },
});

const id = (what: string) => ({
  type: 'string',
  maxLength: 64,
  description: `The ${what}, as a JSON string`,
});

/** All members of an answer are always there. */
const document = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

export const openapi: OpenApiPart = {
  paths: {
    '/API3/authentication/authenticateUser': {
      post: {
        operationId: 'pyramidAuthenticateUser',
        tags: ['pyramid'],
        summary: 'Gives a token for the header paToken',
        requestBody: { required: true, content: json(schema('UserCredentials')) },
        responses: {
          200: { description: 'The token', content: { 'text/plain': { schema: TEXT } } },
          400: REFUSALS[400],
          401: refused('The user name or the password is wrong'),
          429: refused('Too many attempts'),
        },
      },
    },
    ...method(
      'findSchedule',
      'Schedules by name',
      schema('ScheduleSearchCriteria'),
      list('ScheduleViewObject'),
    ),
    ...method(
      'runSchedule',
      'Runs a schedule now; answers the execution id',
      schema('ExecuteScheduleApiData'),
      TEXT,
      { 409: refused('The schedule is on hold, and checkTriggers is true') },
    ),
    ...method(
      'getScheduleExecutionStatus',
      'The status of all tasks of an execution',
      id('execution id'),
      document({ status: schema('TaskStatus') }),
    ),
    ...method('getTasksIds', 'The tasks of an execution', id('execution id'), list('ItemId')),
    ...method('getTasks', 'The tasks of an execution, whole', id('execution id'), list('TaskViewData')),
    ...method('getTaskData', 'One task', id('task id'), schema('TaskViewData')),
    ...method('getExecutions', 'The executions of a schedule', id('schedule id'), list('ExecutionViewData')),
    ...method(
      'getSchedulesForUser',
      'Schedules that a user made',
      id('login name'),
      list('ScheduleViewObject'),
    ),
    ...method('suspendSchedule', 'Puts a schedule on hold', id('schedule id'), schema('ModifiedItemsResult')),
    ...method('resumeSchedule', 'Ends the hold', id('schedule id'), schema('ModifiedItemsResult'), {
      403: refused('Not an administrator'),
    }),
    ...method('deleteSchedule', 'Removes a schedule', id('schedule id'), schema('ModifiedItemsResult')),
    ...method(
      'reRunTask',
      'Runs a task again; the answer has the new task',
      id('task id'),
      schema('ModifiedItemsResult'),
    ),
    ...method('createSchedule', 'Makes a schedule; answers its id', schema('NewSchedule'), TEXT),
  },
  components: {
    securitySchemes: { pyramidToken: { type: 'apiKey', in: 'header', name: 'paToken' } },
    schemas: {
      PyramidError: document({ error: document({ message: TEXT, code: TEXT }) }),
      PyramidTaskStatus: enumeration(TASK_STATUS),
      PyramidScheduleStatus: enumeration(SCHEDULE_STATUS),
      PyramidScheduleDataType: enumeration(SCHEDULE_DATA_TYPE),
      PyramidScheduleType: enumeration(SCHEDULE_TYPE),
      PyramidSearchMatchType: enumeration(SEARCH_MATCH_TYPE),
      PyramidUserCredentials: {
        type: 'object',
        required: ['password'],
        properties: { userName: TEXT, username: TEXT, password: TEXT, domain: TEXT_OR_NULL },
      },
      PyramidScheduleSearchCriteria: {
        type: 'object',
        required: ['searchCriteria'],
        properties: {
          searchCriteria: {
            type: 'object',
            required: ['searchValue'],
            properties: {
              searchValue: { type: 'string', maxLength: 255 },
              searchMatchType: schema('SearchMatchType'),
            },
          },
          scheduleType: schema('ScheduleType'),
        },
      },
      PyramidExecuteScheduleApiData: {
        type: 'object',
        required: ['scheduleId'],
        properties: {
          scheduleId: TEXT,
          checkTriggers: { enum: [true, false, 'true', 'false'], default: false },
        },
      },
      PyramidNewSchedule: {
        type: 'object',
        required: ['name', 'program'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 255 },
          description: { type: ['string', 'null'], maxLength: 4096 },
          scheduleType: schema('ScheduleType'),
          cronExpression: { ...TEXT_OR_NULL, description: '5 fields, or 6 of which the first is seconds' },
          timeZoneId: { type: ['string', 'null'], default: 'UTC', description: 'An IANA time zone' },
          program: TEXT,
          arguments: { type: ['array', 'null'], items: {} },
        },
      },
      PyramidItemId: document({ id: TEXT, name: TEXT }),
      PyramidModifiedItemsResult: document({
        success: { type: 'boolean' },
        errorMessage: TEXT_OR_NULL,
        modifiedList: list('ItemId'),
      }),
      PyramidScheduleViewObject: document({
        scheduleId: TEXT,
        name: TEXT,
        description: TEXT,
        type: schema('ScheduleType'),
        createdDate: DATE,
        createdBy: TEXT,
        startDate: DATE,
        endDate: NULL,
        scheduleDataType: schema('ScheduleDataType'),
        status: schema('ScheduleStatus'),
        scheduleItemId: TEXT,
        scheduleItemName: TEXT,
        tenantId: NULL,
      }),
      PyramidTaskSummary: document({
        message: TEXT_OR_NULL,
        params: { type: 'array', items: TEXT },
        error: {
          oneOf: [document({ msg: TEXT, code: NULL, params: { type: 'array', items: TEXT } }), NULL],
        },
        inheritanceType: { const: 'TaskSummary' },
      }),
      PyramidTaskViewData: document({
        id: TEXT,
        scheduleId: TEXT_OR_NULL,
        scheduleName: TEXT_OR_NULL,
        scheduleItemId: TEXT,
        scheduleType: { oneOf: [schema('ScheduleType'), NULL] },
        status: schema('TaskStatus'),
        description: TEXT_OR_NULL,
        createdBy: TEXT,
        createdDate: DATE,
        startDate: DATE_OR_NULL,
        endDate: DATE_OR_NULL,
        timeZoneId: TEXT_OR_NULL,
        executorId: TEXT_OR_NULL,
        executorDescription: TEXT_OR_NULL,
        outputId: NULL,
        outputType: NULL,
        contentType: NULL,
        result: { ...TEXT_OR_NULL, description: "The job's result as JSON" },
        summary: TEXT_OR_NULL,
        formattedSummary: TEXT_OR_NULL,
        taskSummary: schema('TaskSummary'),
      }),
      PyramidExecutionViewData: document({
        id: TEXT,
        startDate: DATE,
        endDate: DATE_OR_NULL,
        outputType: NULL,
        error: TEXT_OR_NULL,
        items: list('TaskViewData'),
        ...Object.fromEntries(
          COUNTERS.flatMap((counter) => [
            [`${counter}Pct`, PERCENT],
            [`${counter}Count`, COUNT],
          ]),
        ),
      }),
    },
  },
};

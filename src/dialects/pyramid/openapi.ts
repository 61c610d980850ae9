import type { OpenApiPart } from '../dialect.ts';
import { ENUM_STYLES } from './enumerations.ts';
import { document, list, SCHEMAS, schema, TEXT } from './openapi-schemas.ts';

const json = (of: object) => ({ 'application/json': { schema: of } });
const answer = (description: string, of: object) => ({ description, content: json(of) });
const refused = (description: string) => answer(description, schema('Error'));

const ENUMS = {
  name: 'enums',
  in: 'query',
  description: 'How the values of enumerations are spelt; a setting says what they are without it',
  schema: { enum: ENUM_STYLES },
};

const REFUSALS = {
  400: refused('What was wrong with the request'),
  401: refused('The header paToken is missing, or its token no longer counts'),
  404: refused('There is no such id, or it is not yours'),
  413: refused('The body is too large'),
  429: refused('Too many requests at once with this token'),
  415: refused('The body is in a charset that is not read'),
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
          413: REFUSALS[413],
          415: REFUSALS[415],
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
    schemas: SCHEMAS,
  },
};

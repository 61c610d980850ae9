import {
  SCHEDULE_DATA_TYPE,
  SCHEDULE_STATUS,
  SCHEDULE_TYPE,
  SEARCH_MATCH_TYPE,
  TASK_STATUS,
} from './enumerations.ts';

/** A reference to one of the schemas below. */
export const schema = (name: string) => ({ $ref: `#/components/schemas/Pyramid${name}` });
export const list = (name: string) => ({ type: 'array', items: schema(name) });

export const TEXT = { type: 'string' };
const TEXT_OR_NULL = { type: ['string', 'null'] };
const DATE = { type: 'string', format: 'date-time' };
const DATE_OR_NULL = { type: ['string', 'null'], format: 'date-time' };
const COUNT = { type: 'integer', minimum: 0 };
const PERCENT = { type: 'number', minimum: 0, maximum: 100 };
const NULL = { type: 'null' };

/** A number, or the name that the SDKs read. */
const enumeration = (table: Readonly<Record<string, number>>) => ({
  enum: [...Object.values(table), ...Object.keys(table)],
  description: Object.entries(table)
    .map(([name, number]) => `${number} ${name}`)
    .join(', '),
});

const COUNTERS = ['success', 'partialSuccess', 'failed', 'canceled', 'running', 'pending', 'triggerStopped'];

/** All members of an answer are always there. */
export const document = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

/** The documents that come and go, as OpenAPI has them. */
export const SCHEMAS = {
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
};

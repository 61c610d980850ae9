// Pyramid's enumerations, whole, as its public definitions and its generated SDK (2023.12) have them: name -> number.

export const TASK_STATUS = {
  PENDING: 0,
  FINISHED: 1,
  FINISHED_RENDERING: 2,
  ERROR: 3,
  RUNNING: 4,
  FINISHED_WITH_ERRORS: 5,
  STOPPED_WITHOUT_RUNNING: 6,
  DURING_LOCK: 7,
  CANCELED: 8,
  CANCELING: 9,
  PENDING_FOR_EVALUATION: 10,
  DURING_LOCK_EVALUATION: 11,
  RUNNING_EVALUATION: 12,
  STOPPED_AFTER_EVALUATION: 13,
  EVALUATION_CANCELED: 14,
  DELETED: 15,
} as const;

export type TaskStatus = keyof typeof TASK_STATUS;

export const SCHEDULE_STATUS = {
  IDLE: 0,
  STOPPED: 1,
  FINISHED: 2,
  DELETED: 3,
  HOLD: 4,
  CANCELED: 5,
  DISABLED_AFTER_FAILURES: 6,
} as const;

export type ScheduleStatus = keyof typeof SCHEDULE_STATUS;

export const SCHEDULE_DATA_TYPE = { ONCE: 0, RECURRING: 1, RUN_ONCE: 2, ON_DEMAND: 3 } as const;

export const SCHEDULE_TYPE = {
  PRINTING: 0,
  ETL: 1,
  MACHINE_LEARNING: 2,
  USER_GROUPS: 3,
  LOGS_CLEAN: 4,
  PROVISION: 5,
  RECOMMENDATION: 6,
  IMAGE_SNAPSHOT: 7,
  ALERT: 8,
  CLEAN_DB: 9,
  UPGRADE_HIERARCHY_SECURITY: 10,
  IMAGE_SNAPSHOT_NOW: 11,
  PRINT_ETL: 12,
  SUBSCRIPTION: 13,
  SCHEDULES_CLEANER: 14,
  CLEAN_PRESENTATION_DOCUMENTS: 15,
  UPGRADE_TE_OUTPUTS: 16,
  UPGRADE_CONTENT_SNAPSHOT_RESULTS: 17,
  UPDATE_PRIVATE_ROLES: 18,
  CLEAN_DUPLICATE_TAGS: 19,
  UPDATE_SYSTEM_SCHEDULES: 20,
} as const;

/** The one whose names the SDK does not write in capitals. */
export const SEARCH_MATCH_TYPE = {
  Contains: 0,
  NotContains: 1,
  Equals: 2,
  StartsWith: 3,
  EndsWith: 4,
} as const;

/** How answers spell a value: its number, which the vendor's JavaScript sample tests, or its name, which the SDKs read. */
export const ENUM_STYLES = ['numbers', 'names'] as const;

export type EnumStyle = (typeof ENUM_STYLES)[number];

/** A value as an answer has it. */
export type EnumValue = number | string;

type Table = Readonly<Record<string, number>>;

export function spell<T extends Table>(table: T, name: keyof T & string, style: EnumStyle): EnumValue {
  return style === 'names' ? name : (table[name] as number);
}

/** The name of what a client gave: its number, the number in a text, or the name in whatever case. Undefined where it is none. */
export function nameOf<T extends Table>(table: T, given: unknown): (keyof T & string) | undefined {
  if (typeof given !== 'number' && typeof given !== 'string') return undefined;
  const wanted = String(given).toLowerCase();
  return Object.keys(table).find((name) => name.toLowerCase() === wanted || String(table[name]) === wanted);
}

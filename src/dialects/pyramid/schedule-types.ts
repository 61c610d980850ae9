import type { ScheduleType } from '../../core/schedule.ts';
import type { ScheduleSearch } from '../../core/schedule-store.ts';
import type { SCHEDULE_TYPE, SEARCH_MATCH_TYPE } from './enumerations.ts';

type PyramidScheduleType = keyof typeof SCHEDULE_TYPE;

/** Core's words are Pyramid's, in its own spelling. */
export const SCHEDULE_TYPE_NAMES = {
  printing: 'PRINTING',
  etl: 'ETL',
  'machine-learning': 'MACHINE_LEARNING',
  'user-groups': 'USER_GROUPS',
  'logs-clean': 'LOGS_CLEAN',
  provision: 'PROVISION',
  recommendation: 'RECOMMENDATION',
  'image-snapshot': 'IMAGE_SNAPSHOT',
  alert: 'ALERT',
  'clean-db': 'CLEAN_DB',
  'upgrade-hierarchy-security': 'UPGRADE_HIERARCHY_SECURITY',
  'image-snapshot-now': 'IMAGE_SNAPSHOT_NOW',
  'print-etl': 'PRINT_ETL',
  subscription: 'SUBSCRIPTION',
  'schedules-cleaner': 'SCHEDULES_CLEANER',
  'clean-presentation-documents': 'CLEAN_PRESENTATION_DOCUMENTS',
  'upgrade-te-outputs': 'UPGRADE_TE_OUTPUTS',
  'upgrade-content-snapshot-results': 'UPGRADE_CONTENT_SNAPSHOT_RESULTS',
  'update-private-roles': 'UPDATE_PRIVATE_ROLES',
  'clean-duplicate-tags': 'CLEAN_DUPLICATE_TAGS',
  'update-system-schedules': 'UPDATE_SYSTEM_SCHEDULES',
} as const satisfies Record<ScheduleType, PyramidScheduleType>;

/** What a client's ScheduleType is in core. */
export function toScheduleType(name: PyramidScheduleType): ScheduleType {
  const types = Object.keys(SCHEDULE_TYPE_NAMES) as ScheduleType[];
  return types.find((type) => SCHEDULE_TYPE_NAMES[type] === name) as ScheduleType;
}

export const SEARCH_MATCHES = {
  Contains: 'contains',
  NotContains: 'not-contains',
  Equals: 'equals',
  StartsWith: 'starts-with',
  EndsWith: 'ends-with',
} as const satisfies Record<keyof typeof SEARCH_MATCH_TYPE, ScheduleSearch['match']>;

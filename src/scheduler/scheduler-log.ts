import type { BaseLogger } from 'pino';

/** What the scheduler needs of a pino logger. */
export type SchedulerLog = Pick<BaseLogger, 'info' | 'warn' | 'error'>;

import type { BaseLogger } from 'pino';

/** What the deliverer needs of a pino logger. */
export type DelivererLog = Pick<BaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

import type { BaseLogger } from 'pino';

/** What the worker needs of a pino logger. */
export type WorkerLog = Pick<BaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

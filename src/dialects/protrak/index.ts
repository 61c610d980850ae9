import type { Dialect } from '../dialect.ts';
import { protrakOpenApi } from './openapi.ts';
import { protrakRoom } from './routes.ts';

/** Protrak's async jobs, ExecuteCommonProgram over REST. */
export const protrak: Dialect = {
  name: 'protrak',
  mount: protrakRoom,
  openapi: protrakOpenApi,
};

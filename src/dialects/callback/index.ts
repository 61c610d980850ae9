import type { Dialect } from '../dialect.ts';
import { callbackOpenApi } from './openapi.ts';
import { callbackRoom } from './routes.ts';

/** No legacy system: where the endpoints of http programs report on the jobs they were given. */
export const callback: Dialect = {
  name: 'callback',
  mount: callbackRoom,
  openapi: callbackOpenApi,
};

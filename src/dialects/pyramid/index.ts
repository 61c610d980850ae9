import { cors } from '../../http/cors.ts';
import type { Dialect } from '../dialect.ts';
import { TOKEN_HEADER } from './authentication.ts';
import { openapi } from './openapi.ts';
import { pyramidRoom } from './routes.ts';
import { scheduleMethods } from './schedule-methods.ts';
import { taskMethods } from './task-methods.ts';

/** Pyramid Analytics' API 3.0, section tasks. */
export const pyramid: Dialect = {
  name: 'pyramid',
  mount(house) {
    return pyramidRoom({
      sessions: house.sessions,
      tasks: { ...scheduleMethods(house.schedules), ...taskMethods(house.schedules, house.jobs) },
      bodyLimits: house.bodyLimits,
      jsonLimits: house.jsonLimits,
      enums: house.pyramid.enums,
      cors: cors(house.corsOrigins, { methods: ['POST'], headers: [TOKEN_HEADER, 'Content-Type'] }),
    });
  },
  openapi,
};

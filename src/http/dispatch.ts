import type Router from '@koa/router';
import type { ExchangeState, HttpContext } from './exchange.ts';
import { HttpError } from './http-error.ts';
import type { Room } from './room.ts';

type Routes = ReturnType<Router<ExchangeState>['routes']>;

interface Mount {
  readonly prefix: string;
  readonly room: Room;
  readonly routes: Routes;
}

/**
 * Finds the room that owns a path. Only that room's router is asked: matching costs the same
 * however many rooms there are, and no room can answer below another's prefix.
 */
export class Dispatch {
  readonly #mounts: readonly Mount[];

  /** Throws when two rooms claim the same prefix. */
  constructor(rooms: readonly Room[]) {
    const mounts = rooms.flatMap((room) => {
      const routes = room.router.routes();
      return room.prefixes.map((prefix) => ({ prefix: prefix.toLowerCase(), room, routes }));
    });
    for (const [at, { prefix, room }] of mounts.entries()) {
      const other = mounts.findIndex((mount) => mount.prefix === prefix);
      if (other !== at) throw new Error(`${mounts[other]?.room.name} and ${room.name} both claim ${prefix}`);
    }
    this.#mounts = mounts.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  find(path: string): Mount | undefined {
    const lower = path.toLowerCase();
    return this.#mounts.find(
      ({ prefix }) =>
        lower.startsWith(prefix) && (lower.length === prefix.length || lower[prefix.length] === '/'),
    );
  }
}

/** Runs the room's route. Throws HttpError 404 or 405 where there is none. */
export async function runRoute(ctx: HttpContext, routes: Routes): Promise<void> {
  await routes(ctx as Parameters<Routes>[0], () => {
    throw unmatched(ctx);
  });
  if (!ctx.res.headersSent && !ctx.res.destroyed)
    throw new Error(`${ctx.method} ${ctx.path} was not answered`);
}

/** In the order of the alphabet, so that every 405 of an address says the same. */
export function methodNotAllowed(allowed: readonly string[]): HttpError {
  const list = [...allowed].sort().join(', ');
  return new HttpError(405, 'METHOD_NOT_ALLOWED', `this address takes ${list}`, { Allow: list });
}

export function notFound(): HttpError {
  return new HttpError(404, 'NOT_FOUND', 'there is nothing at this address');
}

function unmatched(ctx: HttpContext): HttpError {
  const matched = (ctx as HttpContext & { matched?: Router['stack'] }).matched ?? [];
  const allowed = [...new Set(matched.flatMap((layer) => layer.methods))];
  return allowed.length === 0 || allowed.includes(ctx.method) ? notFound() : methodNotAllowed(allowed);
}

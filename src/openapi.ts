import { createRequire } from 'node:module';
import Router from '@koa/router';
import type { OpenApiPart } from './dialects/dialect.ts';
import type { ExchangeState } from './http/exchange.ts';
import { HttpError } from './http/http-error.ts';
import { publicOrigin } from './http/public-origin.ts';
import { reply } from './http/reply.ts';
import type { Room } from './http/room.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** One OpenAPI 3.1 document of all parts. Throws when two say something different under one name. */
export function openapiDocument(parts: readonly OpenApiPart[]): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'jobgate',
      version,
      description: 'The REST interfaces of retired job servers, all on one set of jobs.',
    },
    paths: merged(
      'the path',
      parts.map(({ paths }) => paths),
    ),
    components: {
      schemas: merged(
        'the schema',
        parts.map(({ components }) => components.schemas ?? {}),
      ),
      securitySchemes: merged(
        'the security scheme',
        parts.map(({ components }) => components.securitySchemes ?? {}),
      ),
    },
  };
}

function merged(what: string, all: readonly Readonly<Record<string, object>>[]): Record<string, object> {
  const result: Record<string, object> = {};
  for (const [name, value] of all.flatMap((part) => Object.entries(part))) {
    if (Object.hasOwn(result, name)) throw new Error(`two rooms describe ${what} ${name}`);
    result[name] = value;
  }
  return result;
}

/** Serves the document at /openapi.json, to anybody: it says what the vendors' own pages say. */
export function openapiRoom(parts: readonly OpenApiPart[]): Room {
  const document = openapiDocument(parts);
  const router = new Router<ExchangeState>();
  router.get('/openapi.json', async (ctx) => {
    ctx.state.exchange.operation = 'document';
    const body = JSON.stringify({ ...document, servers: [{ url: publicOrigin(ctx) }] });
    await reply(ctx, { status: 200, contentType: 'application/json; charset=utf-8', body });
  });
  return {
    name: 'openapi',
    prefixes: ['/openapi.json'],
    operations: new Set(['document']),
    router,
    async respondToError(ctx, error) {
      const status = error instanceof HttpError ? error.status : 500;
      const body = JSON.stringify({ message: error.message, code: error.code });
      await reply(ctx, { status, contentType: 'application/json; charset=utf-8', body });
    },
  };
}

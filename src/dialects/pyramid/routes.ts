import Router from '@koa/router';
import { JobgateError } from '../../core/error.ts';
import type { Sessions } from '../../core/sessions.ts';
import { decodeBody } from '../../http/body-text.ts';
import type { Cors } from '../../http/cors.ts';
import { notFound } from '../../http/dispatch.ts';
import { retryAfter } from '../../http/error-status.ts';
import type { ExchangeState, HttpContext } from '../../http/exchange.ts';
import { checkJsonSize, type JsonLimits } from '../../http/json-body.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { type BodyLimits, readBody, signInLimits } from '../../http/read-body.ts';
import { reply } from '../../http/reply.ts';
import type { Room } from '../../http/room.ts';
import { authenticate, authenticateUser, TOKEN_HEADER } from './authentication.ts';
import type { PyramidMethod } from './call.ts';
import { ENUM_STYLES, type EnumStyle } from './enumerations.ts';
import { statusOf, toPyramidError } from './errors.ts';
import { toJson } from './json-answer.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export interface PyramidParts {
  readonly sessions: Sessions;
  /** Those of `/API3/tasks/`, by their names. */
  readonly tasks: Readonly<Record<string, PyramidMethod>>;
  readonly bodyLimits: BodyLimits;
  readonly jsonLimits: JsonLimits;
  readonly enums: EnumStyle;
  readonly cors: Cors | undefined;
}

export function pyramidRoom({ sessions, tasks, bodyLimits, jsonLimits, enums, cors }: PyramidParts): Room {
  const router = new Router<ExchangeState>();
  const names = new Map(Object.keys(tasks).map((name) => [name.toLowerCase(), name]));

  // The router compares without regard to case.
  router.post('/API3/authentication/:method', async (ctx) => {
    if (methodOf(ctx.params['method']) !== 'authenticateuser') throw notFound();
    ctx.state.exchange.operation = 'authenticateUser';
    const token = await authenticateUser(sessions, await readText(ctx, signInLimits(bodyLimits)), ctx);
    await reply(ctx, { status: 200, contentType: 'text/plain; charset=utf-8', body: token });
  });

  router.post('/API3/tasks/:method', async (ctx) => {
    const name = names.get(methodOf(ctx.params['method']));
    const method = name === undefined ? undefined : tasks[name];
    if (name === undefined || method === undefined) throw notFound();
    ctx.state.exchange.operation = name;
    const caller = await authenticate(sessions, ctx);
    const style = styleOf(ctx, enums);
    const body = await readText(ctx, bodyLimits);
    checkJsonSize(body, jsonLimits);
    const answer = await method({ caller, body, enums: style });
    await reply(ctx, { status: 200, contentType: JSON_TYPE, body: toJson(answer) });
  });

  return {
    name: 'pyramid',
    prefixes: ['/API3'],
    operations: new Set(['authenticateUser', ...names.values()]),
    router,
    cors,
    async respondToError(ctx, error) {
      const status = statusOf(error);
      const headers = {
        ...(status === 401 ? { 'WWW-Authenticate': `${TOKEN_HEADER} realm="jobgate"` } : {}),
        ...retryAfter(error),
      };
      const body = JSON.stringify(toPyramidError(error));
      await reply(ctx, { status, contentType: JSON_TYPE, headers, body });
    },
  };
}

/** The vendor's sample has a blank behind its methods' names, which clients send as `%20`. */
function methodOf(segment: string | undefined): string {
  return (segment ?? '').trim().toLowerCase();
}

/** Browsers, curl and SDKs say what they like of the body's type: it is read as JSON in any case. */
async function readText(ctx: HttpContext, limits: BodyLimits): Promise<string> {
  const body = await readBody(ctx, limits);
  return decodeBody(body, parseMediaType(ctx.req.headers['content-type'])?.charset);
}

function styleOf(ctx: HttpContext, byDefault: EnumStyle): EnumStyle {
  const { enums = byDefault } = ctx.query;
  const style = ENUM_STYLES.find((candidate) => candidate === enums);
  if (!style) throw new JobgateError('INVALID_ARGUMENT', `enums must be ${ENUM_STYLES.join(' or ')}`);
  return style;
}

import Router from '@koa/router';
import { JobgateError } from '../../core/error.ts';
import { decodeBody } from '../../http/body-text.ts';
import { bearerToken } from '../../http/credentials.ts';
import type { ExchangeState } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonAnswer } from '../../http/json-answer.ts';
import { parseJson } from '../../http/json-body.ts';
import { readBody } from '../../http/read-body.ts';
import { reply } from '../../http/reply.ts';
import type { Room } from '../../http/room.ts';
import type { House } from '../dialect.ts';
import { errorAnswer } from './errors.ts';

const PREFIX = '/jobgate/callback';
/** A job that lost its worker has the next one soon after its lease has run out. */
const BETWEEN_WORKERS = { 'Retry-After': '2' };

export function callbackRoom(house: House): Room {
  const router = new Router<ExchangeState>({ prefix: PREFIX });

  router.post('/:jobId', async (ctx) => {
    ctx.state.exchange.operation = 'report';
    const token = bearerToken(ctx);
    if (token === undefined) {
      throw new JobgateError('INVALID_TOKEN', "send the call's token as Authorization: Bearer TOKEN");
    }
    const callback = await house.callbacks.authenticate(ctx.params['jobId'] ?? '', token);
    const body = parseJson(decodeBody(await readBody(ctx, house.bodyLimits), undefined), house.jsonLimits);
    const answer = await house.callbacks.report(callback, body);
    if (answer.kind === 'later') {
      throw new HttpError(
        503,
        'TOO_BUSY',
        'the job is between two workers; send this again',
        BETWEEN_WORKERS,
      );
    }
    await reply(ctx, jsonAnswer(200, { cancelling: answer.cancelling }));
  });

  return {
    name: 'callback',
    prefixes: [PREFIX],
    operations: new Set(['report']),
    router,
    async respondToError(ctx, error) {
      await reply(ctx, errorAnswer(error));
    },
  };
}

import Router from '@koa/router';
import type { Caller } from '../../core/caller.ts';
import { cors } from '../../http/cors.ts';
import type { ExchangeState, HttpContext } from '../../http/exchange.ts';
import { type Answer, reply } from '../../http/reply.ts';
import type { Room } from '../../http/room.ts';
import type { House } from '../dialect.ts';
import { asyncJobOperations } from './async-job-operations.ts';
import { authenticate } from './authenticate.ts';
import { errorAnswer } from './errors.ts';
import { executeCommonProgram } from './execute-common-program.ts';

export const PREFIX = '/protrak/api';

type Operation = (ctx: HttpContext, caller: Caller) => Promise<Answer>;

export function protrakRoom(house: House): Room {
  const router = new Router<ExchangeState>({ prefix: PREFIX });
  const operations = {
    ...asyncJobOperations(house, PREFIX),
    executeCommonProgram: (ctx: HttpContext, caller: Caller) => executeCommonProgram(house, ctx, caller),
  };

  router.post('/asyncJobs', answeredBy('createAsyncJob'));
  router.get('/asyncJobs', answeredBy('listAsyncJobs'));
  router.get('/asyncJobs/:id', answeredBy('getAsyncJob'));
  router.put('/asyncJobs/:id', answeredBy('updateAsyncJob'));
  router.post(
    '/programs/:programName/executeCommonProgramAsAsyncJob',
    answeredBy('executeCommonProgramAsAsyncJob'),
  );
  router.post('/programs/:programName/executeCommonProgram', answeredBy('executeCommonProgram'));

  return {
    name: 'protrak',
    prefixes: [PREFIX],
    operations: new Set(Object.keys(operations)),
    router,
    cors: cors(house.corsOrigins, {
      methods: ['GET', 'POST', 'PUT'],
      headers: ['Authorization', 'Content-Type'],
      exposed: ['Location'],
    }),
    async respondToError(ctx, error) {
      await reply(ctx, errorAnswer(error));
    },
  };

  function answeredBy(name: keyof typeof operations) {
    const operation: Operation = operations[name];
    return async (ctx: HttpContext) => {
      ctx.state.exchange.operation = name;
      const caller = await authenticate(ctx, house.sessions);
      await reply(ctx, await operation(ctx, caller));
    };
  }
}

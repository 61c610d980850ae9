import Router from '@koa/router';
import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import { cors } from '../../http/cors.ts';
import { bearerToken } from '../../http/credentials.ts';
import type { ExchangeState, HttpContext } from '../../http/exchange.ts';
import type { Room } from '../../http/room.ts';
import type { House } from '../dialect.ts';
import { answer } from './answer.ts';
import { arrayDocument, objectDocument } from './document.ts';
import { errorAnswer, errorDocument } from './errors.ts';
import { executeJob } from './execute-job.ts';
import { InvalidRequest } from './model-state.ts';
import { readRequest } from './read-request.ts';
import { toExecJobAsyncRequest, toExecJobRequest } from './run-request.ts';
import { visibleJobsOfRun } from './run-results.ts';
import { startRun } from './start-run.ts';
import { answerToken } from './token-endpoint.ts';
import { queryParameter, readWebhookRequest } from './webhook-request.ts';
import { type ExecJobAsyncResponse, toResultsResponse } from './wire.ts';

const OPERATIONS = ['token', 'ExecuteJobAsync', 'ExecuteJob', 'Results', 'Webhook'] as const;

type Operation = (typeof OPERATIONS)[number];

/** Every route is there with and without `/api` before it. */
const at = (path: string) => [path, `/api${path}`];

export function starfishRoom(house: House): Room {
  const router = new Router<ExchangeState>();

  router.post(at('/token'), async (ctx) => {
    ctx.state.exchange.operation = 'token' satisfies Operation;
    await answerToken(ctx, house);
  });

  router.post(
    at('/v1/ExecuteJobAsync'),
    route('ExecuteJobAsync', bearerToken, async (ctx, caller) => {
      const fields = await readRequest(ctx, 'execJobAsyncRequest', house);
      const { webHookURL, ...request } = toExecJobAsyncRequest(fields);
      const error = await startRun(house, caller, request, webHookURL);
      await answerStart(ctx, request.runID, error);
    }),
  );

  router.post(
    at('/v1/ExecuteJob'),
    route('ExecuteJob', bearerToken, async (ctx, caller) => {
      const request = toExecJobRequest(await readRequest(ctx, 'execJobRequest', house));
      const { started, response } = await executeJob(ctx, house, caller, request);
      if (!started) noteRefusal(ctx);
      await answer(ctx, 200, objectDocument('execJobResponse', response));
    }),
  );

  router.get(
    at('/v1/Results/:id'),
    route('Results', bearerToken, async (ctx, caller) => {
      const jobs = await visibleJobsOfRun(house, caller, ctx['params'].id);
      const now = Date.now();
      const results = jobs.map((job) => toResultsResponse(job, now));
      await answer(ctx, 200, arrayDocument('resultsResponse', results));
    }),
  );

  router.post(
    at('/v1/Webhook'),
    route('Webhook', bearerOrQueryToken, async (ctx, caller) => {
      const request = await readWebhookRequest(ctx, house.bodyLimits);
      await answerStart(ctx, request.runID, await startRun(house, caller, request, null));
    }),
  );

  return {
    name: 'starfish',
    prefixes: at('/token').concat(at('/v1')),
    operations: new Set(OPERATIONS),
    router,
    cors: cors(house.corsOrigins, { methods: ['GET', 'POST'], headers: ['Authorization', 'Content-Type'] }),
    async respondToError(ctx, error) {
      const { status, document, headers } = errorAnswer(ctx, error);
      await answer(ctx, status, document, headers);
    },
  };

  /** Who is asking comes first: to somebody not signed in nothing is said about the request. */
  function route(
    operation: Operation,
    tokenOf: (ctx: HttpContext) => string | undefined,
    handle: (ctx: HttpContext, caller: Caller) => Promise<void>,
  ): (ctx: HttpContext) => Promise<void> {
    return async (ctx) => {
      const { exchange } = ctx.state;
      exchange.operation = operation;
      const token = tokenOf(ctx);
      if (token === undefined) throw new JobgateError('INVALID_TOKEN', 'there is no token');
      const caller = await house.sessions.authenticate(token, exchange);
      exchange.user = caller.username;
      try {
        await handle(ctx, caller);
      } catch (error) {
        if (!(error instanceof InvalidRequest)) throw error;
        exchange.faultCode = 'INVALID_REQUEST';
        await answer(ctx, 400, errorDocument(error.message, error.modelState));
      }
    };
  }
}

/** Services that call webhooks can often be given a URL and no header. */
function bearerOrQueryToken(ctx: HttpContext): string | undefined {
  return bearerToken(ctx) ?? queryParameter(ctx, 'token');
}

async function answerStart(ctx: HttpContext, runID: string, error: string | undefined): Promise<void> {
  if (error !== undefined) noteRefusal(ctx);
  const response: ExecJobAsyncResponse = { runID, started: error === undefined, error: error ?? null };
  await answer(ctx, 200, objectDocument('execJobAsyncResponse', response));
}

/** The status says 200 also where nothing was started. */
function noteRefusal(ctx: HttpContext): void {
  ctx.state.exchange.outcome = 'in_band_error';
  ctx.state.exchange.faultCode = 'NOT_STARTED';
}

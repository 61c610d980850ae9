import Router from '@koa/router';
import { cors } from '../../http/cors.ts';
import type { ExchangeState, HttpContext } from '../../http/exchange.ts';
import { type Answer, reply } from '../../http/reply.ts';
import type { Room } from '../../http/room.ts';
import type { House } from '../dialect.ts';
import { PREFIX } from './addresses.ts';
import { authenticate } from './authenticate.ts';
import { dataOperations } from './data-operations.ts';
import { errorAnswer } from './errors.ts';
import { answerForm, errorForm } from './format.ts';
import { jobOperations } from './job-operations.ts';
import { type RoomCall, roomCall } from './room-call.ts';

const JOBS = `${PREFIX}/topicmaps/:tm/jobs`;
const JOB = `${JOBS}/:id`;
const CONDITIONS = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since'];

export function web3Room(house: House): Room {
  const router = new Router<ExchangeState>();
  const operations = { ...jobOperations(house), ...dataOperations(house) };

  // HEAD comes with GET.
  router.get(JOBS, answeredBy('listJobs'));
  router.post(JOBS, answeredBy('createJob'));
  router.get(JOB, answeredBy('getJob'));
  router.put(JOB, answeredBy('updateJob'));
  router.delete(JOB, answeredBy('cancelJob'));
  router.get(`${JOB}/data`, answeredBy('listJobData'));
  router.post(`${JOB}/data`, answeredBy('attachJobData'));
  router.get(`${JOB}/data/:n`, answeredBy('getJobData'));

  return {
    name: 'web3',
    prefixes: [PREFIX],
    operations: new Set(Object.keys(operations)),
    router,
    cors: cors(house.corsOrigins, {
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
      headers: ['Authorization', 'Content-Type', ...CONDITIONS],
      exposed: ['Location', 'ETag'],
    }),
    async respondToError(ctx, error) {
      await reply(ctx, errorAnswer(ctx, error, house.web3.dates));
    },
  };

  /** Who is asking comes first: to somebody not signed in nothing is said about the request. */
  function answeredBy(name: keyof typeof operations) {
    const operation: (call: RoomCall) => Promise<Answer> = operations[name];
    return async (ctx: HttpContext) => {
      ctx.state.exchange.operation = name;
      const caller = await authenticate(ctx, house);
      // Data is answered as what it is, whatever is asked for: a reader of CSV may ask for text/csv.
      const form = name === 'getJobData' ? errorForm(ctx) : answerForm(ctx);
      await reply(ctx, await operation(roomCall(ctx, caller, form)));
    };
  }
}

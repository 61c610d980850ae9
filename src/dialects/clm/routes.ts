import Router from '@koa/router';
import { JobgateError } from '../../core/error.ts';
import { methodNotAllowed } from '../../http/dispatch.ts';
import type { ExchangeState, HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { publicOrigin } from '../../http/public-origin.ts';
import { type BodyLimits, readBody } from '../../http/read-body.ts';
import { reply } from '../../http/reply.ts';
import type { Room } from '../../http/room.ts';
import type { SoapContract } from '../../soap/contract.ts';
import { SoapFault } from '../../soap/soap-fault.ts';
import { faultReply, type SoapReply } from '../../soap/soap-reply.ts';
import type { SoapService } from '../../soap/soap-service.ts';
import { SOAP_1_1, SOAP_1_2 } from '../../soap/soap-version.ts';
import type { ClmCall } from './call.ts';
import { toFault, toStatus } from './errors.ts';

/** Each binding has an address and a WSDL of its own, as two services of Axis have. */
const PATHS = {
  literal: '/clm/services/LicenseManager',
  encoded: '/clm/services/LicenseManagerRpc',
} as const;

type BindingName = keyof typeof PATHS;

/** The same operations in one of their forms. */
interface Binding {
  readonly contract: SoapContract;
  readonly service: SoapService<ClmCall>;
}

export function clmRoom(bindings: Readonly<Record<BindingName, Binding>>, bodyLimits: BodyLimits): Room {
  const router = new Router<ExchangeState>();
  for (const [name, path] of Object.entries(PATHS) as [BindingName, string][]) {
    addRoutes(router, path, bindings[name], bodyLimits, name === 'encoded');
  }
  return {
    name: 'clm',
    prefixes: ['/clm'],
    operations: new Set(['wsdl', ...bindings.literal.contract.operations.keys()]),
    router,
    async respondToError(ctx, error) {
      await reply(ctx, faultFor(ctx, error));
    },
  };
}

function addRoutes(
  router: Router<ExchangeState>,
  path: string,
  { contract, service }: Binding,
  bodyLimits: BodyLimits,
  countsLists: boolean,
): void {
  router.post(path, async (ctx) => {
    const body = await readBody(ctx, bodyLimits);
    const { exchange } = ctx.state;
    const call: ClmCall = { address: exchange.clientAddress, request: exchange, countsLists };
    const answer = await service.handle({ body, contentType: ctx.req.headers['content-type'] }, call);
    note(ctx, answer, call);
    await reply(ctx, answer);
  });

  // HEAD comes with GET.
  router.get(path, async (ctx) => {
    if (!asksForWsdl(ctx.querystring)) throw methodNotAllowed(['POST']);
    ctx.state.exchange.operation = 'wsdl';
    const body = contract.wsdl(`${publicOrigin(ctx)}${path}`);
    await reply(ctx, { status: 200, contentType: 'text/xml; charset=utf-8', body });
  });
}

/** Tells the request log and the metrics what the answer was. */
function note(ctx: HttpContext, answer: SoapReply, call: ClmCall): void {
  const { exchange } = ctx.state;
  if (answer.operation !== null) exchange.operation = answer.operation;
  exchange.user = call.username ?? null;
  if (answer.fault !== null) {
    // A log-in that failed is a fault too, for want of a place in the answer: no fault of ours.
    const refused = toStatus(answer.cause);
    exchange.faultCode = refused ? String(refused.errorCode) : answer.fault;
    const tooMany = answer.cause instanceof JobgateError && answer.cause.code === 'TOO_MANY_REQUESTS';
    const ours = answer.fault.startsWith('Server') && refused === undefined && !tooMany;
    exchange.outcome = ours ? 'server_error' : 'client_error';
    if (ours) exchange.error = answer.cause;
  } else if (call.inBandError !== undefined) {
    exchange.faultCode = String(call.inBandError);
    exchange.outcome = 'in_band_error';
  }
}

/** No envelope was read: the Content-Type is the only word on which version the client speaks. */
function faultFor(ctx: HttpContext, error: HttpError | JobgateError): SoapReply {
  const version = ctx.is('application/soap+xml') ? SOAP_1_2 : SOAP_1_1;
  if (!(error instanceof HttpError)) return faultReply(500, toFault(error), version);
  return faultReply(
    error.status,
    new SoapFault(error.status >= 500 ? 'Server' : 'Client', error.message),
    version,
  );
}

/** Clients append `?wsdl` or `?WSDL`, some with an empty value. */
function asksForWsdl(query: string): boolean {
  return query.split('&').some((part) => /^wsdl=?$/i.test(part));
}

import type Router from '@koa/router';
import type { JobgateError } from '../core/error.ts';
import type { Cors } from './cors.ts';
import type { ExchangeState, HttpContext } from './exchange.ts';
import type { HttpError } from './http-error.ts';

/** One legacy system's face, as the server sees it. */
export interface Room {
  /** Its label in logs and metrics. */
  readonly name: string;
  /** The paths it owns with everything below them, such as `/clm`; matched without regard to case. */
  readonly prefixes: readonly string[];
  /** Every name it may give `exchange.operation`: whatever else comes is counted as `other`. */
  readonly operations: ReadonlySet<string>;
  readonly router: Router<ExchangeState>;
  /** Whether browsers' scripts of other origins may come in; the gateway sees to it for every answer of the room. */
  readonly cors?: Cors | undefined;
  /**
   * Answers in the system's own form what went wrong below its prefixes and was not answered by
   * its routes: an HttpError (404, 405, 413 …), or a JobgateError. Unexpected errors arrive as
   * INTERNAL. Headers of an HttpError are added to the answer without the room's help.
   */
  respondToError(ctx: HttpContext, error: HttpError | JobgateError): Promise<void>;
}

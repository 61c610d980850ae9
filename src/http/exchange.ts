import type { ParameterizedContext } from 'koa';
import type { RequestUnderWay } from '../core/requests-under-way.ts';

/**
 * How a request ended, as operators count it. In-band: an error told inside an answer of status 200.
 * Aborted: the client left, or was too slow, before its request or our answer was whole.
 */
export type ExchangeOutcome = 'ok' | 'client_error' | 'server_error' | 'in_band_error' | 'aborted';

/** One request and its answer: what is known of it from outside, and what is learnt on the way. */
export class Exchange implements RequestUnderWay {
  readonly id: string;
  readonly clientAddress: string;
  /** How many trusted proxies lie between the client and us; 0 = the headers are the client's own word. */
  readonly trustedHops: number;
  readonly started = performance.now();
  room = 'none';
  /** A room sets one of its `operations` as soon as it knows it. */
  operation = 'other';
  /** A room sets it once a session is known. */
  user: string | null = null;
  /** The fault or error code that the client was told, in the room's own words. */
  faultCode: string | null = null;
  /** Set by a room where the status does not tell: SOAP 1.1 answers a client's mistake with 500, CLM errors with 200. */
  outcome: ExchangeOutcome | null = null;
  /** What went wrong on our side, for the log alone: set by a room that answers it by itself, in an envelope only it knows. */
  error: unknown = undefined;
  /** Body bytes on the wire. */
  bytesIn = 0;
  /** Body bytes before chunking. */
  bytesOut = 0;
  /** True while a client waits for `100 Continue` before it sends its body. */
  awaitsContinue = false;
  /** Added to the answer, whoever renders it. */
  headers: Readonly<Record<string, string>> = {};

  readonly #releases: (() => void)[] = [];
  #ended = false;

  constructor(id: string, clientAddress: string, trustedHops: number) {
    this.id = id;
    this.clientAddress = clientAddress;
    this.trustedHops = trustedHops;
  }

  atEnd(release: () => void): void {
    if (this.#ended) release();
    else this.#releases.push(release);
  }

  /** The answer is on its way in full, or nobody waits for it any more. */
  end(): void {
    this.#ended = true;
    for (const release of this.#releases.splice(0)) release();
  }
}

export interface ExchangeState {
  exchange: Exchange;
}

/** Koa's context as rooms see it. They answer with `reply`, never with `ctx.body`. */
export type HttpContext = ParameterizedContext<ExchangeState>;

/** What one client may cost the server before a room has seen it. Times in ms. */
export interface ServerLimits {
  /** Bytes of request line and headers together; more is 431. */
  readonly headerBytes: number;
  /** For the headers to arrive; longer is 408. */
  readonly headersTimeoutMs: number;
  /** For the whole request to arrive; longer is 408. */
  readonly requestTimeoutMs: number;
  /** How often both are checked, so how late they may strike. */
  readonly timeoutCheckMs: number;
  /** How long a connection is kept between two requests. */
  readonly keepAliveMs: number;
  /** A connection on which nothing moves for so long is closed: also one whose client has stopped reading its answer. */
  readonly socketIdleMs: number;
  readonly connections: number;
}

export const DEFAULT_SERVER_LIMITS: ServerLimits = {
  // Node's own default; proxies cap theirs at 4–16 KB.
  headerBytes: 16 * 1024,
  headersTimeoutMs: 15_000,
  // 10 MiB in a minute is 1.4 Mbit/s; a request as clients really send it needs no second.
  requestTimeoutMs: 60_000,
  timeoutCheckMs: 5_000,
  // Longer than the 60 s for which nginx and the usual load balancers keep an idle connection: the
  // side that sends must close first, or its next request meets a connection being closed.
  keepAliveMs: 65_000,
  socketIdleMs: 120_000,
  connections: 2_000,
};

/** What one client may cost the server before a room has seen it. Times in ms. */
export interface ServerLimits {
  /** Bytes of request line and headers together; more is 431. */
  readonly headerBytes: number;
  /** For the whole request to arrive; longer is 408. */
  readonly requestTimeoutMs: number;
  readonly connections: number;
  /** Of one client, by its address; trusted proxies are none. */
  readonly connectionsPerAddress: number;
  /** For the headers to arrive; longer is 408. */
  readonly headersTimeoutMs: number;
  /** How often both are checked, so how late they may strike. */
  readonly timeoutCheckMs: number;
  /** How long a connection is kept between two requests. */
  readonly keepAliveMs: number;
  /** A connection on which nothing moves for so long is closed: also one whose client has stopped reading its answer. */
  readonly socketIdleMs: number;
}

/** Those that are the same on every node; the others are settings. */
export const FIXED_SERVER_LIMITS = {
  headersTimeoutMs: 15_000,
  timeoutCheckMs: 5_000,
  // Longer than the 60 s for which nginx and the usual load balancers keep an idle connection: the
  // side that sends must close first, or its next request meets a connection being closed.
  keepAliveMs: 65_000,
  socketIdleMs: 120_000,
} as const satisfies Partial<ServerLimits>;

import { type Dispatcher, Pool } from 'undici';
import type { Measured } from './comparison.ts';
import type { ServerProcess } from './server-process.ts';
import { quantile } from './statistics.ts';

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Load {
  /** The next request; the same one over and over, or another each time. */
  readonly request: () => LoadRequest;
  readonly connections: number;
  readonly ms: number;
  /** Throws where an answer is not what it should be: a server that fails fast is no fast server. */
  readonly check: (status: number, body: Buffer) => void;
  /** The database server's processor time so far, ms; counted as `database CPU µs` for each request. */
  readonly databaseTime?: (() => number) | undefined;
  /**
   * The client polls its sockets without ever sleeping. Else a server that is slower than the client pays with each write for
   * waking it, a fifth of a small answer's time, and one that is faster, as a raw one, does not.
   */
  readonly awake?: boolean | undefined;
}

/**
 * As many requests as a server answers in so long a time, one at a time on each connection: `requests/s`, `median ms`,
 * `p99 ms`, and the processor time of the server's processes for each, `CPU µs`.
 */
export async function httpLoad(server: ServerProcess, load: Load): Promise<Measured> {
  const pool = new Pool(server.origin, { connections: load.connections, pipelining: 1 });
  const times: number[] = [];
  const begun = performance.now();
  const used = server.processorTime();
  const databaseUsed = load.databaseTime?.();
  const client = async () => {
    while (performance.now() - begun < load.ms) {
      const asked = performance.now();
      const { status, body } = await send(pool, load.request());
      times.push(performance.now() - asked);
      load.check(status, body);
    }
  };
  let over = false;
  const poll = () => over || setImmediate(poll);
  if (load.awake) poll();
  try {
    await Promise.all(Array.from({ length: load.connections }, client));
    const passed = performance.now() - begun;
    const databaseMs = load.databaseTime && load.databaseTime() - (databaseUsed ?? 0);
    return {
      'requests/s': (times.length * 1_000) / passed,
      'median ms': quantile(times, 0.5),
      'p99 ms': quantile(times, 0.99),
      'CPU µs': ((server.processorTime() - used) * 1_000) / times.length,
      'database CPU µs': databaseMs && (databaseMs * 1_000) / times.length,
    };
  } finally {
    over = true;
    await pool.destroy();
  }
}

/** One request by undici's leanest way: the load must cost less than what it measures. */
export function send(
  dispatcher: Dispatcher,
  request: LoadRequest,
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    let status = 0;
    const chunks: Buffer[] = [];
    dispatcher.dispatch(
      { ...request, headers: { ...request.headers }, body: request.body ?? null },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          resolve({ status, body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) });
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      },
    );
  });
}

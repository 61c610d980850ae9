import { Pool } from 'undici';
import type { LoadRequest } from './http-load.ts';

export interface StreamedAnswer {
  /** From the request to the first byte of the answer's body. */
  readonly firstByteMs: number;
  readonly ms: number;
  readonly bytes: number;
  /** How often `mark` is in the body. */
  readonly marks: number;
}

/** Reads an answer as fast as it comes and keeps nothing of it. `mark` is ASCII. */
export async function streamedAnswer(
  origin: string,
  request: LoadRequest,
  mark: string,
): Promise<StreamedAnswer> {
  const pool = new Pool(origin, { connections: 1, bodyTimeout: 120_000 });
  const wanted = Buffer.from(mark);
  const begun = performance.now();
  let firstByteMs = 0;
  let bytes = 0;
  let marks = 0;
  let tail = Buffer.alloc(0);
  try {
    await new Promise<void>((resolve, reject) => {
      pool.dispatch(
        { ...request, headers: { ...request.headers }, body: request.body ?? null },
        {
          onRequestStart() {},
          onResponseStart(_controller, status) {
            if (status !== 200) reject(new Error(`answered ${status}`));
          },
          onResponseData(_controller, chunk) {
            if (bytes === 0) firstByteMs = performance.now() - begun;
            bytes += chunk.length;
            // What two chunks share: shorter than a mark, so none counts twice.
            const seam = Buffer.concat([tail, chunk.subarray(0, wanted.length - 1)]);
            marks += occurrences(seam, wanted) + occurrences(chunk, wanted);
            tail = Buffer.from(chunk.subarray(Math.max(0, chunk.length - wanted.length + 1)));
          },
          onResponseEnd: () => resolve(),
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });
    return { firstByteMs, ms: performance.now() - begun, bytes, marks };
  } finally {
    await pool.destroy();
  }
}

function occurrences(text: Buffer, wanted: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) count++;
  return count;
}

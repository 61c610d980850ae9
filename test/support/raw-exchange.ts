import { connect } from 'node:net';
import { type RawResponse, readAnswers } from './read-answers.ts';

export type { RawResponse };

const ANSWER_WITHIN_MS = 10_000;

/**
 * Sends `request` byte for byte on a connection of its own and reads until the server closes it,
 * which the request has to ask for. Interim responses (1xx) are passed over. Rejects when what
 * comes is not exactly one whole HTTP response of the length that it says.
 */
export async function rawExchange(port: number, request: Buffer): Promise<RawResponse> {
  const bytes = await converse(port, request);
  const { answers, rest } = readAnswers(bytes, { toHead: request.toString('latin1', 0, 5) === 'HEAD ' });
  const [answer] = answers;
  if (answer && answers.length === 1 && rest.length === 0) return answer;
  throw new Error(
    `no HTTP response, or not one whole one: ${answers.length} and ${JSON.stringify(rest.toString('latin1', 0, 200))}`,
  );
}

function converse(port: number, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    socket.setTimeout(ANSWER_WITHIN_MS, () =>
      socket.destroy(new Error(`no whole answer within ${ANSWER_WITHIN_MS} ms`)),
    );
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('end', () => {
      socket.destroy();
      resolve(Buffer.concat(chunks));
    });
    socket.write(request);
  });
}

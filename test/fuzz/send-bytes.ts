import { connect } from 'node:net';
import { type ReadAnswers, readAnswers } from '../support/read-answers.ts';

export interface Exchange extends ReadAnswers {
  /** How it ended: by the gateway, by us with a whole answer, or not in time. */
  readonly ended: 'closed' | 'answered' | 'late';
}

/** The slowest answer that is owed: a real password's hash on a busy machine, and some more. */
const ANSWER_WITHIN_MS = 20_000;
/** After that nothing more is said, and the gateway is told so: what is not whole will not become so. */
const SILENCE_MS = 400;

/** Sends the bytes on a connection of their own. `framed` requests are waited for; of others the end is told. */
export function sendBytes(port: number, bytes: Buffer, framed: boolean): Promise<Exchange> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const toHead = bytes.toString('latin1', 0, 5) === 'HEAD ';
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    const hush = framed ? undefined : setTimeout(() => socket.end(), SILENCE_MS);
    const late = setTimeout(() => finish('late'), ANSWER_WITHIN_MS);
    const finish = (ended: Exchange['ended']) => {
      clearTimeout(hush);
      clearTimeout(late);
      socket.destroy();
      resolve({ ended, ...readAnswers(received, { ended: ended === 'closed', toHead }) });
    };
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (readAnswers(received, { ended: false, toHead }).answers.length > 0) finish('answered');
    });
    socket.once('end', () => finish('closed'));
    // A gateway that has answered and closed resets what is still being sent to it.
    socket.once('error', () => finish('closed'));
    socket.write(bytes);
  });
}

import { connect } from 'node:net';

/** Sends `text` as it is, and answers all that came until the server closed the connection, or `until` had come. */
export function sendRaw(port: number, text: string, until?: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({ host: '127.0.0.1', port }).setEncoding('latin1');
    socket.on('data', (more: string) => {
      received += more;
      if (until !== undefined && received.includes(until)) socket.destroy();
    });
    // The server may be done with it before all of it has been sent.
    socket.on('error', () => {});
    socket.once('close', () => resolve(received));
    socket.write(text);
  });
}

/**
 * The bytes cannot be turned into text: the charset is none that we read, or the bytes
 * are not what they are said to be. The message is meant for the sender.
 */
export class CharsetError extends Error {
  override readonly name = 'CharsetError';
  readonly reason: 'unsupported' | 'malformed';

  constructor(reason: 'unsupported' | 'malformed', message: string) {
    super(message);
    this.reason = reason;
  }
}

import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
/** Standard Webhooks: "between 24 bytes (192 bits) and 64 bytes (512 bits)". */
const KEY_BYTES = { least: 24, most: 64 };

/** A symmetric key of the Standard Webhooks specification. It signs, and tells nobody what it is. */
export class SigningKey {
  readonly #key: Buffer;

  /** Takes `whsec_` and the key in base64. Throws a sentence that does not repeat it. */
  constructor(secret: string) {
    const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
    this.#key = Buffer.from(encoded, 'base64');
    const isBase64 = encoded !== '' && unpadded(this.#key.toString('base64')) === unpadded(encoded);
    if (!isBase64 || this.#key.length < KEY_BYTES.least || this.#key.length > KEY_BYTES.most) {
      throw new Error(
        `must be "${PREFIX}" and ${KEY_BYTES.least} to ${KEY_BYTES.most} bytes in base64, several separated by commas`,
      );
    }
  }

  /** One signature of the `webhook-signature` header. `timestamp` is in seconds. */
  sign(message: { readonly id: string; readonly timestamp: number; readonly body: string }): string {
    const content = `${message.id}.${message.timestamp}.${message.body}`;
    return `v1,${createHmac('sha256', this.#key).update(content).digest('base64')}`;
  }
}

function unpadded(base64: string): string {
  return base64.replace(/=+$/, '');
}

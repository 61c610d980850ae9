import type { SigningKey } from './signing-key.ts';

/**
 * The head of one attempt after the Standard Webhooks specification: the id is that of every attempt, time and
 * signature are this one's. Every key signs, the first one first, so that a receiver verifies with
 * the old or the new one while keys change; without keys the message goes unsigned.
 */
export function webhookHeaders(
  message: { readonly id: string; readonly body: string },
  keys: readonly SigningKey[],
  now: number,
): Readonly<Record<string, string | number>> {
  const timestamp = Math.floor(now / 1000);
  const signatures = keys.map((key) => key.sign({ ...message, timestamp }));
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(message.body),
    'User-Agent': 'jobgate',
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  };
}

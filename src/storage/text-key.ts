import { createHash } from 'node:crypto';

/** A key that is equal exactly when two texts are: 43 characters of base64url, whatever the text holds. */
export function textKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

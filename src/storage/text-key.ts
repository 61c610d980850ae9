import { hash } from 'node:crypto';

/** A key that is equal exactly when two texts are: 43 characters of base64url, whatever the text holds. */
export function textKey(text: string): string {
  return hash('sha256', text, 'base64url');
}

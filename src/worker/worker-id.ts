import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { pid } from 'node:process';

/** Host, process and a random part, at most 64 ASCII characters: never the same twice, so that no fence is. */
export function newWorkerId(): string {
  const host = hostname()
    .replace(/[^\w.-]/g, '_')
    .slice(0, 40);
  return `${host}-${pid}-${randomBytes(4).toString('hex')}`;
}

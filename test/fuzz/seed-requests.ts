import { randomUUID } from 'node:crypto';
import { type Case, readDrawer } from '../conformance/drawer.ts';
import type { MessageFile } from '../conformance/message-file.ts';
import { compare, requestBytes } from '../conformance/run-step.ts';
import { rawExchange } from '../support/raw-exchange.ts';

/** Larger ones are about size, which the limits' own tests see to. */
const LARGEST_BYTES = 16_384;

/**
 * The requests of a room's drawer, as they are sent: each case is played once on the gateway, so that ids and
 * tokens in later requests are of jobs that there are. What a case needs and does not get there (it may want a
 * store that is broken) is an id that nobody has.
 */
export async function seedRequests(room: string, port: number): Promise<Buffer[]> {
  const requests: Buffer[] = [];
  for (const { cases } of readDrawer(room)) {
    for (const each of cases) requests.push(...(await play(each, port)));
  }
  return requests.filter(({ length }) => length <= LARGEST_BYTES);
}

async function play({ steps }: Case, port: number): Promise<Buffer[]> {
  const values = new Map<string, string>();
  const requests: Buffer[] = [];
  for (const { request, response } of steps) {
    for (const name of namesIn(request, response)) if (!values.has(name)) values.set(name, randomUUID());
    const bytes = requestBytes(request, values);
    requests.push(bytes);
    if (bytes.length <= LARGEST_BYTES) compare(response, await rawExchange(port, bytes), values);
  }
  return requests;
}

/** Of what must be known by now, and is not where an earlier step was answered otherwise than in its own gateway. */
function namesIn(request: MessageFile, response: MessageFile): string[] {
  const text = ({ startLine, fields, body }: MessageFile) => [startLine, ...fields, body].join('\n');
  const used = text(request).matchAll(/\{\{([\w-]+)/g);
  const known = text(response).matchAll(/\{\{([\w-]+)\}\}/g);
  const shown = new Set([...text(response).matchAll(/\{\{([\w-]+):/g)].map(([, name]) => name));
  return [...used, ...known].map(([, name = '']) => name).filter((name) => !shown.has(name));
}

import { setTimeout as pause } from 'node:timers/promises';
import { type RawResponse, rawExchange } from '../support/raw-exchange.ts';
import type { Step } from './drawer.ts';
import { fieldName, fieldValue, type MessageFile } from './message-file.ts';
import { type Difference, fill, match } from './template.ts';

const EVENTUALLY_WITHIN_MS = 10_000;
const EVERY_MS = 50;
/** Characters shown on either side of a difference. */
const CONTEXT = 160;

/**
 * Sends the step's request and compares the answer: status line, the headers that the fixture
 * lists, and the body. Values that the answer is first to show are kept in `values`. Throws
 * with the first difference.
 */
export async function runStep(step: Step, port: number, values: Map<string, string>): Promise<RawResponse> {
  const request = requestBytes(step.request, values);
  const deadline = performance.now() + (step.eventually ? EVENTUALLY_WITHIN_MS : 0);
  for (;;) {
    const response = await rawExchange(port, request);
    const found = new Map(values);
    const problem = compare(step.response, response, found);
    if (problem === undefined) {
      for (const [name, value] of found) values.set(name, value);
      return response;
    }
    if (performance.now() >= deadline) throw new Error(`${step.name}: ${problem}`);
    await pause(EVERY_MS);
  }
}

/** The file's message, with the header fields that it need not say for itself. */
export function requestBytes(
  { startLine, fields, body }: MessageFile,
  values: ReadonlyMap<string, string>,
): Buffer {
  const filledBody = fill(body, values);
  const given = new Set(fields.map(fieldName));
  const added = (name: string, value: string | number) =>
    given.has(name.toLowerCase()) ? [] : [`${name}: ${value}`];
  const hasLength = !given.has('transfer-encoding') && !/^(GET|HEAD) /.test(startLine);
  const head = [
    fill(startLine, values),
    ...fields.map((field) => fill(field, values)),
    ...added('Host', '127.0.0.1'),
    ...(hasLength ? added('Content-Length', filledBody.length) : []),
    ...added('Connection', 'close'),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${filledBody}`, 'latin1');
}

/** What is different about an answer, for people; values that it is first to show are put into `values`. */
export function compare(
  expected: MessageFile,
  actual: RawResponse,
  values: Map<string, string>,
): string | undefined {
  const parts: [what: string, expected: string, actual: string][] = [
    ['the status line', expected.startLine, actual.statusLine],
    ...expected.fields.map((field): [string, string, string] => {
      const name = fieldName(field);
      return [`the header ${name}`, fieldValue(field), actual.headers.get(name) ?? '(missing)'];
    }),
    ['the body', expected.body, actual.body.toString('latin1')],
  ];
  const differences = parts.flatMap(([what, template, text]) => {
    const difference = match(template, text, values);
    return difference ? [describeDifference(what, difference)] : [];
  });
  return differences.length === 0 ? undefined : differences.join('\n');
}

function describeDifference(what: string, { before, expected, actual }: Difference): string {
  const context = `${before.length > CONTEXT ? '…' : ''}${readable(before.slice(-CONTEXT))}`;
  const show = (text: string) => `${context} ⟪ ${readable(text.slice(0, CONTEXT))}`;
  return `${what} differs at byte ${before.length}\n  expected ${show(expected)}\n  actual   ${show(actual)}`;
}

/** Bytes, one a character, as the UTF-8 that they mostly are. */
function readable(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Case, readDrawer, type Step } from './drawer.ts';

/** What would fail if a documented rule were broken. */
export type Proof = (drawer: ReadonlyMap<string, Case>) => string | undefined;

/** A sentence of a document, and what shows that it holds: at least one proof. */
export type DocumentedRule = readonly [sentence: string, ...proofs: [Proof, ...Proof[]]];

/** The fixture `shelf/case` of the room's drawer. Each of `texts` stands in one of its messages, in the file's own bytes. */
export function shown(fixture: string, ...texts: readonly string[]): Proof {
  return (drawer) => {
    const found = drawer.get(fixture);
    if (!found) return `there is no fixture ${fixture}`;
    const messages = found.steps.flatMap(messagesOf);
    const missing = texts.find((text) => !messages.some((message) => message.includes(text)));
    return missing === undefined ? undefined : `no message of ${fixture} has ${missing}`;
  };
}

/** A test, by its file below test/ and its title, or its row's name, as the source has it between quotation marks. */
export function tested(file: string, title: string): Proof {
  return () => {
    const source = readFileSync(fileURLToPath(new URL(`../../../test/${file}`, import.meta.url)), 'utf8');
    const literals = ["'", '"', '`'].map((mark) => mark + title + mark);
    return literals.some((literal) => source.includes(literal))
      ? undefined
      : `${file} has no test named ${title}`;
  };
}

/**
 * A test for each sentence of a vendor's document: that its proofs are still there. A rule cannot lose its fixture or
 * its test unnoticed.
 */
export function describeDocument(room: string, document: string, rules: readonly DocumentedRule[]): void {
  const drawer = new Map(
    readDrawer(room).flatMap(({ name: shelf, cases }) =>
      cases.map((found) => [`${shelf}/${found.name}`, found]),
    ),
  );
  describe(document, () => {
    for (const [sentence, ...proofs] of rules) {
      test(sentence, () => {
        expect(proofs.flatMap((proof) => proof(drawer) ?? [])).toEqual([]);
      });
    }
  });
}

function messagesOf({ request, response }: Step): string[] {
  return [request, response].map(({ startLine, fields, body }) => {
    const text = Buffer.from(body, 'latin1').toString('utf8');
    return [startLine, ...fields, text].join('\n');
  });
}

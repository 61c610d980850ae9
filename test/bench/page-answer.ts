import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canValidate, validateEnvelopes } from '../support/validate-envelopes.ts';

/** The contract that all serve; its `@LOCATION@` stands for the service's URL. */
export const CLM_WSDL = fileURLToPath(new URL('../../../wsdl/clm.wsdl', import.meta.url));

export interface NamedAnswer {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Throws unless all answers to `listPersistentIDStatusByGroup` are what the contract's schema says and hold the same page, of `count` records. */
export async function checkSamePage(answers: readonly NamedAnswer[], count: number): Promise<void> {
  // The reading below looks at no namespace: the schema does.
  if (canValidate()) {
    const complaints = await validateEnvelopes(readFileSync(CLM_WSDL, 'utf8'), answers);
    if (complaints.length > 0) throw new Error(complaints.slice(0, 10).join('\n'));
  }
  const [first, ...others] = answers.map(({ name, bytes }) => ({ name, page: readPage(bytes.toString()) }));
  if (first?.page.records.length !== count) throw new Error(`${first?.name} answered no ${count} records`);
  for (const { name, page } of others) deepEqual(page, first.page, `${name} answered another page`);
}

/** The total, and each record's values by the names of their elements; null = xsi:nil. */
function readPage(xml: string): { total: string | null; records: Record<string, string | number | null>[] } {
  const [head = '', ...items] = xml.split(/<(?:\w+:)?item>/);
  return { total: valuesOf(head)['total'] ?? null, records: items.map(toRecord) };
}

function toRecord(item: string): Record<string, string | number | null> {
  const values = valuesOf(item);
  // One moment may be written in several ways.
  return { ...values, created: Date.parse(values['created'] ?? '') };
}

/** Of elements without elements in them. */
function valuesOf(xml: string): Record<string, string | null> {
  const values: Record<string, string | null> = {};
  for (const [, name = '', attributes = '', text] of xml.matchAll(
    /<(?:\w+:)?(\w+)((?:\s[^<>]*?)?)(?:\/>|>([^<]*)<\/)/g,
  )) {
    values[name] = attributes.includes('nil="true"') ? null : (text ?? '');
  }
  return values;
}

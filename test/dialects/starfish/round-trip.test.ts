import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arrayDocument,
  DATA_CONTRACT,
  type Member,
  objectDocument,
} from '../../../src/dialects/starfish/document.ts';
import type { Fields } from '../../../src/dialects/starfish/fields.ts';
import { readFormFields } from '../../../src/dialects/starfish/read-form-fields.ts';
import { readJsonFields } from '../../../src/dialects/starfish/read-json-fields.ts';
import { readXmlFields } from '../../../src/dialects/starfish/read-xml-fields.ts';
import { toExecJobAsyncRequest, toExecJobRequest } from '../../../src/dialects/starfish/run-request.ts';
import { SIZE_CHECKED } from '../../../src/http/json-body.ts';
import { parseXmlDocument, type XmlElement } from '../../../src/xml/xml-document.ts';
import { writeXml, writeXmlElement } from '../../../src/xml/xml-writer.ts';
import { legalText } from '../../xml/legal-text.ts';

const LIMITS = { depth: 10, elements: 10_000, attributes: 20, nameLength: 100 };
const RUNS = { seed: 1, numRuns: 300 };

// As a client may write them; 36 characters at most, and something else than white space and control characters.
const id = legalText.map((text) => `x${text.replace(/\p{Cc}/gu, '')}`.slice(0, 36).toWellFormed());
const row = fc.nat({ max: 2_147_483_647 });
const request = fc.record({
  runID: id,
  projectID: id,
  jobID: id,
  chainJobs: fc.boolean(),
  loggingLevel: fc.integer({ min: 0, max: 3 }),
  argument: fc.option(legalText.filter((text) => text !== '')),
  beginAtRow: row.map(String),
  endAfterRow: fc.option(row.map(String)),
  threadCount: fc.integer({ min: 1, max: 1_000 }).map(String),
});
type Request = Record<string, Member>;

/** The request as clients write it, and read again. */
const FORMATS: Record<string, (value: Request, className: string) => Fields> = {
  JSON: (value) => readJsonFields(JSON.stringify(value), SIZE_CHECKED),
  'XML, its members in whatever order': (value, className) => {
    const content = Object.entries(value).map(([name, member]) =>
      member === null ? { name, attributes: { 'i:nil': 'true' } } : { name, content: String(member) },
    );
    const root = { 'xmlns:i': 'http://www.w3.org/2001/XMLSchema-instance', xmlns: DATA_CONTRACT };
    const body = writeXml({ name: className, attributes: root, content });
    return readXmlFields(Buffer.from(body), 'text/xml', className, LIMITS);
  },
  'a form': (value) => {
    const given = new URLSearchParams();
    for (const [name, member] of Object.entries(value)) given.append(name, String(member ?? ''));
    return readFormFields(given.toString());
  },
};

describe.each(Object.entries(FORMATS))('what a client writes in %s is read as it was meant', (_, read) => {
  test('for ExecuteJob', () => {
    fc.assert(
      fc.property(request, (value) => {
        expect(toExecJobRequest(read(value, 'execJobRequest'))).toEqual(value);
      }),
      RUNS,
    );
  });

  test('for ExecuteJobAsync', () => {
    const url = fc.option(fc.webUrl({ withQueryParameters: true }).map((text) => new URL(text).href));
    fc.assert(
      fc.property(request, url, (value, webHookURL) => {
        const whole = { ...value, webHookURL };
        expect(toExecJobAsyncRequest(read(whole, 'execJobAsyncRequest'))).toEqual(whole);
      }),
      RUNS,
    );
  });
});

describe('what is answered is read as it was meant', () => {
  const member: fc.Arbitrary<Member> = fc.oneof(legalText, fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z]{0,9}$/), member);

  test('in XML, null told from empty', () => {
    fc.assert(
      fc.property(value, (object) => {
        expect(membersOf(parse(writeXmlElement(objectDocument('answer', object).xml())))).toEqual(
          asText(object),
        );
      }),
      RUNS,
    );
  });

  test('in XML, a list of them', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), (objects) => {
        const root = parse(writeXmlElement(arrayDocument('answer', objects).xml()));
        expect([root.name, root.namespace]).toEqual(['ArrayOfanswer', DATA_CONTRACT]);
        expect(root.children.map(membersOf)).toEqual(objects.map(asText));
      }),
      RUNS,
    );
  });

  test('in JSON', () => {
    fc.assert(
      fc.property(value, (object) => {
        expect(JSON.parse(JSON.stringify(objectDocument('answer', object).json()))).toEqual({ ...object });
      }),
      RUNS,
    );
  });
});

function parse(text: string): XmlElement {
  return parseXmlDocument(Buffer.from(text), undefined, LIMITS);
}

function membersOf({ children }: XmlElement): Record<string, string | null> {
  return Object.fromEntries(children.map(({ name, nil, text }) => [name, nil ? null : text]));
}

function asText(object: Readonly<Record<string, Member>>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(object).map(([name, each]) => [name, each === null ? null : String(each)]),
  );
}

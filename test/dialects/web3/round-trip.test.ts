import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WEB3_TYPES } from '../../../src/dialects/web3/job-type.ts';
import { readJsonJob } from '../../../src/dialects/web3/read-json-job.ts';
import { readXmlJob } from '../../../src/dialects/web3/read-xml-job.ts';
import type { JobDataReference, JobStatus, Web3Document } from '../../../src/dialects/web3/representation.ts';
import { WEB3_STATUS } from '../../../src/dialects/web3/status.ts';
import { toJson } from '../../../src/dialects/web3/wire-json.ts';
import { toXml } from '../../../src/dialects/web3/wire-xml.ts';
import { SIZE_CHECKED } from '../../../src/http/json-body.ts';
import { parseXmlDocument, type XmlElement } from '../../../src/xml/xml-document.ts';
import { writeXml } from '../../../src/xml/xml-writer.ts';
import { legalText } from '../../xml/legal-text.ts';
import { anyDocument } from './any-document.ts';

const LIMITS = { depth: 10, elements: 10_000, attributes: 20, nameLength: 100 };
const RUNS = { seed: 1, numRuns: 300 };

describe('what is answered is read as it was meant', () => {
  test.each(Object.keys(anyDocument) as Web3Document['kind'][])('in XML: %s', (kind) => {
    fc.assert(
      fc.property(anyDocument[kind], (document) => {
        expect(fromXml(kind, parse(toXml(document)))).toEqual(document);
      }),
      RUNS,
    );
  });

  test.each(Object.keys(anyDocument) as Web3Document['kind'][])(
    'in JSON, with either form of times: %s',
    (kind) => {
      fc.assert(
        fc.property(anyDocument[kind], fc.constantFrom('microsoft', 'iso'), (document, dates) => {
          expect(fromJson(kind, JSON.parse(toJson(document, dates)))).toEqual(document);
        }),
        RUNS,
      );
    },
  );
});

describe('what a client writes is read as it was meant', () => {
  test('in XML', () => {
    const given = fc.record({ type: legalText, status: legalText, parameters: legalText });
    fc.assert(
      fc.property(given, ({ type, status, parameters }) => {
        const body = writeXml({
          name: 'Job',
          attributes: { Type: type, Status: status },
          content: [{ name: 'Parameters', content: parameters }],
        });
        expect(readXmlJob(Buffer.from(body), 'application/xml', LIMITS)).toEqual({
          type,
          status,
          parameters,
        });
      }),
      RUNS,
    );
  });

  test('in JSON', () => {
    const given = fc.record({
      type: fc.option(fc.integer()),
      status: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      parameters: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(given, ({ type, status, parameters }) => {
        const body = JSON.stringify({ JobType: type, Status: status, Parameters: parameters, More: {} });
        expect(readJsonJob(body, SIZE_CHECKED)).toEqual(
          JSON.parse(JSON.stringify({ type, status, parameters })),
        );
      }),
      RUNS,
    );
  });
});

function parse(text: string): XmlElement {
  return parseXmlDocument(Buffer.from(text), undefined, LIMITS);
}

function fromXml(kind: Web3Document['kind'], root: XmlElement): Web3Document {
  switch (kind) {
    case 'job':
      return { kind, job: jobFromXml(root) };
    case 'jobs':
      return {
        kind,
        list: {
          start: Number(attribute(root, 'Start')),
          count: Number(attribute(root, 'Count')),
          listUrl: attribute(root, 'ListUrl'),
          next: root.attributes.get('Next') ?? null,
          previous: root.attributes.get('Previous') ?? null,
          items: (child(root, 'Items')?.children ?? []).map(jobFromXml),
        },
      };
    case 'reference':
      return { kind, reference: referenceFromXml(root) };
    case 'references':
      return { kind, references: root.children.map(referenceFromXml) };
    case 'error':
      return { kind, error: { status: Number(attribute(root, 'Status')), message: text(root, 'Message') } };
  }
}

function jobFromXml(root: XmlElement): JobStatus {
  const progress = child(root, 'Progress') as XmlElement;
  return {
    id: text(root, 'Id'),
    address: attribute(root, 'Address'),
    identity: text(root, 'Identity'),
    workerId: text(root, 'WorkerId') || null,
    statusMessage: text(root, 'StatusMessage') || null,
    created: Date.parse(text(root, 'Created')),
    updated: Date.parse(text(root, 'Updated')),
    completed: timeOf(root, 'Completed'),
    progress: {
      started: timeOf(progress, 'Started'),
      count: Number(text(progress, 'Count')),
      target: Number(text(progress, 'Target')),
    },
    jobData: (child(root, 'JobData')?.children ?? []).map(referenceFromXml),
    type: named(Object.values(WEB3_TYPES), attribute(root, 'Type')),
    status: named(Object.values(WEB3_STATUS), attribute(root, 'Status')),
    parameters: text(root, 'Parameters'),
  };
}

function referenceFromXml(element: XmlElement): JobDataReference {
  return {
    address: attribute(element, 'Address'),
    contentType: attribute(element, 'ContentType'),
    length: Number(attribute(element, 'Length')),
    created: Date.parse(attribute(element, 'Created')),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: it is JSON of whatever kind, and what comes of it is compared as a whole
function fromJson(kind: Web3Document['kind'], json: any): Web3Document {
  switch (kind) {
    case 'job':
      return { kind, job: jobFromJson(json) };
    case 'jobs':
      return {
        kind,
        list: {
          start: json.Start,
          count: json.Count,
          listUrl: json.ListUrl,
          next: json.Next,
          previous: json.Previous,
          items: json.Items.map(jobFromJson),
        },
      };
    case 'reference':
      return { kind, reference: referenceFromJson(json) };
    case 'references':
      return { kind, references: json.map(referenceFromJson) };
    case 'error':
      return { kind, error: { status: json.Status, message: json.Message } };
  }
}

// biome-ignore lint/suspicious/noExplicitAny: likewise
function jobFromJson(json: any): JobStatus {
  return {
    id: json.Id,
    address: json.Address,
    identity: json.Identity,
    workerId: json.WorkerId,
    statusMessage: json.StatusMessage,
    created: instant(json.Created),
    updated: instant(json.Updated),
    completed: json.Completed && instant(json.Completed),
    progress: {
      started: json.Progress.Started && instant(json.Progress.Started),
      count: json.Progress.Count,
      target: json.Progress.Target,
    },
    jobData: json.JobData.map(referenceFromJson),
    type: numbered(Object.values(WEB3_TYPES), json.JobType),
    status: numbered(Object.values(WEB3_STATUS), json.Status),
    parameters: json.Parameters,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: likewise
function referenceFromJson(json: any): JobDataReference {
  return {
    address: json.Address,
    contentType: json.ContentType,
    length: json.Length,
    created: instant(json.Created),
  };
}

function instant(written: string): number {
  const [, ms] = /^\/Date\((\d+)\)\/$/.exec(written) ?? [];
  return ms === undefined ? Date.parse(written) : Number(ms);
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name);
}

function text(element: XmlElement, name: string): string {
  return child(element, name)?.text ?? '(missing)';
}

function timeOf(element: XmlElement, name: string): number | null {
  const found = child(element, name);
  return found ? Date.parse(found.text) : null;
}

function attribute(element: XmlElement, name: string): string {
  return element.attributes.get(name) ?? '(missing)';
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  return all.find((each) => each.name === name) as T;
}

function numbered<T extends { readonly number: number }>(all: readonly T[], number: number): T {
  return all.find((each) => each.number === number) as T;
}

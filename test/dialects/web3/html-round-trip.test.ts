import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  JobDataReference,
  JobStatus,
  JobStatusList,
  Web3Document,
} from '../../../src/dialects/web3/representation.ts';
import { toHtml } from '../../../src/dialects/web3/wire-html.ts';
import { parseXmlDocument, type XmlElement } from '../../../src/xml/xml-document.ts';
import { anyDocument } from './any-document.ts';

const LIMITS = { depth: 10, elements: 10_000, attributes: 20, nameLength: 100 };

describe('what a page shows is read as it was meant', () => {
  test.each(Object.keys(anyDocument) as Web3Document['kind'][])('%s', (kind) => {
    fc.assert(
      fc.property(anyDocument[kind], (document) => {
        expect(shownBy(kind, bodyOf(toHtml(document)))).toEqual(meantBy(document));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

/** What of the document is for people. */
function meantBy(document: Web3Document): unknown {
  switch (document.kind) {
    case 'job':
      return meantByJob(document.job);
    case 'jobs':
      return meantByList(document.list);
    case 'reference':
      return { title: 'Job data', references: [meantByReference(document.reference)] };
    case 'references':
      return { title: 'Job data', references: document.references.map(meantByReference) };
    case 'error':
      return { title: `Error ${document.error.status}`, message: document.error.message };
  }
}

function meantByJob(job: JobStatus): unknown {
  const { started, count, target } = job.progress;
  return {
    title: `Job ${job.id}`,
    Type: job.type.name,
    Status: job.status.name,
    Address: { href: job.address, text: job.address },
    Parameters: job.parameters,
    Identity: job.identity,
    Worker: job.workerId ?? '',
    Message: job.statusMessage ?? '',
    Created: iso(job.created),
    Updated: iso(job.updated),
    Completed: iso(job.completed),
    Started: iso(started),
    Progress: target > 0 ? `${count} of ${target}` : `${count}`,
    Data: job.jobData.map(meantByReference),
  };
}

function meantByList({ start, count, next, previous, items }: JobStatusList): unknown {
  return {
    title: 'Jobs',
    shown: `${items.length === 0 ? 'None' : `${start + 1} to ${start + items.length}`} of ${count}`,
    rows: items.map(({ id, address, type, status, identity, updated, statusMessage }) => [
      { href: address, text: id },
      ...[type.name, status.name, identity, iso(updated), statusMessage ?? ''],
    ]),
    links: [
      ...(previous ? [{ href: previous, text: 'Previous' }] : []),
      ...(next ? [{ href: next, text: 'Next' }] : []),
    ],
  };
}

function meantByReference({ address, contentType, length, created }: JobDataReference): unknown {
  return {
    link: { href: address, text: address },
    text: ` ${contentType}, ${length} bytes, ${iso(created)}`,
  };
}

function iso(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString();
}

/** A page of ours is XML but for its first line and the one element that has no end. */
function bodyOf(html: string): XmlElement {
  const xml = html.replace(/^<!DOCTYPE html>\n/, '').replace('<meta charset="utf-8">', '');
  const [head, body] = parseXmlDocument(Buffer.from(xml), undefined, LIMITS).children;
  expect(head?.children[0]?.text).toBe(body?.children[0]?.text);
  return body as XmlElement;
}

function shownBy(kind: Web3Document['kind'], body: XmlElement): unknown {
  const [heading, first, table, links] = body.children;
  const title = heading?.text;
  switch (kind) {
    case 'job':
      return { title, ...Object.fromEntries((first?.children ?? []).map(memberOf)) };
    case 'jobs':
      return {
        title,
        shown: first?.text,
        rows: (table?.children.slice(1) ?? []).map(({ children }) => children.map(cellOf)),
        links: (links?.children ?? []).map(linkOf),
      };
    case 'reference':
    case 'references':
      return { title, references: referencesOf(body) };
    case 'error':
      return { title, message: first?.text };
  }
}

function memberOf({ children: [name, value] }: XmlElement): [string, unknown] {
  const cell = value as XmlElement;
  return [name?.text ?? '', name?.text === 'Data' ? referencesOf(cell) : cellOf(cell)];
}

function cellOf(cell: XmlElement): unknown {
  const [link] = cell.children;
  return link ? linkOf(link) : cell.text;
}

/** `None`, or a list. */
function referencesOf(parent: XmlElement): unknown[] {
  const list = parent.children.find(({ name }) => name === 'ul');
  if (!list) expect(parent.text).toBe('None');
  return (list?.children ?? []).map(({ children: [link], text }) => ({
    link: linkOf(link as XmlElement),
    text,
  }));
}

function linkOf({ name, attributes, text }: XmlElement): unknown {
  expect(name).toBe('a');
  return { href: attributes.get('href'), text };
}

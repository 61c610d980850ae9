import { writeXml, type XmlNode } from '../../xml/xml-writer.ts';
import type { JobDataReference, JobStatus, JobStatusList, Web3Document } from './representation.ts';

/** The document in XML: the templates' names and order, no namespace. */
export function toXml(document: Web3Document): string {
  return writeXml(nodeOf(document));
}

function nodeOf(document: Web3Document): XmlNode {
  switch (document.kind) {
    case 'job':
      return jobNode(document.job);
    case 'jobs':
      return listNode(document.list);
    case 'reference':
      return referenceNode(document.reference);
    case 'references':
      return { name: 'JobData', content: document.references.map(referenceNode) };
    case 'error': {
      const { status, message } = document.error;
      return {
        name: 'Error',
        attributes: { Status: String(status) },
        content: [element('Message', message)],
      };
    }
  }
}

function jobNode(job: JobStatus): XmlNode {
  const { progress } = job;
  return {
    name: 'JobStatus',
    attributes: { Type: job.type.name, Status: job.status.name, Address: job.address },
    content: [
      element('Parameters', job.parameters),
      element('Id', job.id),
      element('Identity', job.identity),
      element('WorkerId', job.workerId ?? ''),
      element('StatusMessage', job.statusMessage ?? ''),
      ...time('Created', job.created),
      ...time('Updated', job.updated),
      ...time('Completed', job.completed),
      {
        name: 'Progress',
        content: [
          ...time('Started', progress.started),
          element('Count', String(progress.count)),
          element('Target', String(progress.target)),
        ],
      },
      { name: 'JobData', content: job.jobData.map(referenceNode) },
    ],
  };
}

function referenceNode({ address, contentType, length, created }: JobDataReference): XmlNode {
  return {
    name: 'JobData',
    attributes: {
      Address: address,
      ContentType: contentType,
      Length: String(length),
      Created: isoTime(created),
    },
  };
}

function listNode({ start, count, listUrl, next, previous, items }: JobStatusList): XmlNode {
  return {
    name: 'JobStatusList',
    attributes: {
      Start: String(start),
      Count: String(count),
      Length: String(items.length),
      ListUrl: listUrl,
      ...(next === null ? {} : { Next: next }),
      ...(previous === null ? {} : { Previous: previous }),
    },
    content: [{ name: 'Items', content: items.map(jobNode) }],
  };
}

function element(name: string, content: string): XmlNode {
  return { name, content };
}

/** A time that is not known is left out. */
function time(name: string, ms: number | null): XmlNode[] {
  return ms === null ? [] : [element(name, isoTime(ms))];
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

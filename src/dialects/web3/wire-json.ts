import type { JobDataReference, JobStatus, JobStatusList, Web3Document } from './representation.ts';

/** How times are written: `"\/Date(ms)\/"` as .NET's serializers did, or as ISO 8601. */
export type JsonDates = 'microsoft' | 'iso';

/** The document in JSON: the templates' names and order. */
export function toJson(document: Web3Document, dates: JsonDates): string {
  const time = (ms: number | null) => {
    if (ms === null) return 'null';
    // The slashes are escaped, which JSON.stringify never does: by that readers tell a date from a text.
    return dates === 'microsoft' ? `"\\/Date(${ms})\\/"` : `"${new Date(ms).toISOString()}"`;
  };
  switch (document.kind) {
    case 'job':
      return job(document.job);
    case 'jobs':
      return list(document.list);
    case 'reference':
      return reference(document.reference);
    case 'references':
      return array(document.references.map(reference));
    case 'error':
      return object({ Status: value(document.error.status), Message: value(document.error.message) });
  }

  function job(status: JobStatus): string {
    const { progress } = status;
    return object({
      Id: value(status.id),
      Address: value(status.address),
      Identity: value(status.identity),
      WorkerId: value(status.workerId),
      StatusMessage: value(status.statusMessage),
      Created: time(status.created),
      Updated: time(status.updated),
      Completed: time(status.completed),
      Progress: object({
        Started: time(progress.started),
        Count: value(progress.count),
        Target: value(progress.target),
      }),
      JobData: array(status.jobData.map(reference)),
      JobType: value(status.type.number),
      Status: value(status.status.number),
      Parameters: value(status.parameters),
    });
  }

  function list({ start, count, listUrl, next, previous, items }: JobStatusList): string {
    return object({
      Start: value(start),
      Count: value(count),
      Length: value(items.length),
      ListUrl: value(listUrl),
      Next: value(next),
      Previous: value(previous),
      Items: array(items.map(job)),
    });
  }

  function reference({ address, contentType, length, created }: JobDataReference): string {
    return object({
      Address: value(address),
      ContentType: value(contentType),
      Length: value(length),
      Created: time(created),
    });
  }
}

const value = (plain: string | number | null) => JSON.stringify(plain);

/** Members are JSON already. */
function object(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([name, json]) => `"${name}":${json}`)
    .join(',')}}`;
}

const array = (items: readonly string[]) => `[${items.join(',')}]`;

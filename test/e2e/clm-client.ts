import { ADMIN_PASSWORD } from '../support/jobgate-node.ts';

export const CLM_PATH = '/clm/services/LicenseManager';
const TIME_LIMIT_MS = 30_000;

export interface ClmAnswer {
  readonly status: number;
  readonly body: string;
  /** From the request to the last byte. */
  readonly ms: number;
}

/** A status record as a list shows it. */
export interface ListedRecord {
  readonly recordId: string;
  readonly jobId: string;
  readonly id: string;
  readonly errorCode: number;
  readonly errorMessage: string;
}

/** What a caller sees of a job. */
export interface SeenJob {
  readonly statusName: string;
  readonly errorMessage: string;
  readonly overallPercentage: number;
  readonly comment: string;
  readonly completed: string;
}

/** A CLM client that writes its envelopes by hand, so that a test sees each answer as it came. */
export class ClmClient {
  readonly origin: string;
  token: string;

  constructor(origin: string, token = '') {
    this.origin = origin;
    this.token = token;
  }

  /** Sends an operation; `inner` is the content of its element. Any answer will do. */
  async send(operation: string, inner: string): Promise<ClmAnswer> {
    const begun = performance.now();
    const response = await fetch(`${this.origin}${CLM_PATH}`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
      body: envelope(operation, inner),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    return { status: response.status, body: await response.text(), ms: performance.now() - begun };
  }

  /** Sends an operation with the token before `inner`; a fault is an error. */
  async call(operation: string, inner = ''): Promise<string> {
    const { status, body } = await this.send(operation, this.tokenElement + inner);
    if (status !== 200) throw new Error(`${operation} was answered ${status}: ${body}`);
    return body;
  }

  get tokenElement(): string {
    return `<token><token>${this.token}</token></token>`;
  }

  async login(user = 'admin', password = ADMIN_PASSWORD): Promise<this> {
    const { status, body } = await this.send('login', loginContent(user, password));
    if (status !== 200) throw new Error(`login was answered ${status}: ${body}`);
    this.token = textOf(body, 'token');
    return this;
  }

  /** Returns the job's id. */
  async execute(
    program: string,
    {
      group,
      targets = [],
      args = [],
    }: { group?: string; targets?: readonly string[]; args?: readonly string[] } = {},
  ): Promise<string> {
    const body = await this.call(
      'asyncExecuteProgram',
      `${group === undefined ? '' : element('jobGroup', group)}${element('programName', program)}` +
        `<targetIds>${items(targets)}</targetIds><arguments>${items(args)}</arguments>`,
    );
    return textOf(body, 'asyncExecuteProgramResult');
  }

  async job(id: string): Promise<SeenJob> {
    const body = await this.call('getAsyncOperationJobRecords', element('job_id', id));
    return {
      statusName: textOf(body, 'statusName'),
      errorMessage: textOf(body, 'errorMessage'),
      overallPercentage: Number(textOf(body, 'overallPercentage')),
      comment: textOf(body, 'comment'),
      completed: textOf(body, 'completed'),
    };
  }

  /** The ids of all jobs, in their order. */
  async jobIds(): Promise<string[]> {
    const body = await this.call('listAllAsyncOperationJobRecords', element('include_all_user', 'true'));
    return [...body.matchAll(/<jobId>([^<]*)</g)].map(([, id = '']) => id);
  }

  /** Returns the ClmErrors number. */
  async kill(id: string): Promise<number> {
    return Number(textOf(await this.call('killAsyncOperation', element('job_id', id)), 'errorCode'));
  }

  /** Adds a record and returns its recordId. */
  async addRecord(record: {
    jobId: string;
    group: string;
    id: string;
    errorMessage?: string;
  }): Promise<string> {
    const body = await this.call('addPersistentIDStatus', pidStatus(record));
    const recordId = textOf(body, 'recordId');
    if (recordId === '') throw new Error(`the record was not stored: ${body}`);
    return recordId;
  }

  /** All records of a group. */
  async group(group: string, offset = 0, max = -1): Promise<{ total: number; records: ListedRecord[] }> {
    return toList(await this.call('listPersistentIDStatusByGroup', pageOf('jobGroup', group, offset, max)));
  }

  /** All records of a job. */
  async records(jobId: string): Promise<{ total: number; records: ListedRecord[] }> {
    return toList(await this.call('listPersistentIDStatus', pageOf('id', jobId, 0, -1)));
  }
}

export function envelope(operation: string, inner: string, encoding = 'UTF-8'): string {
  return (
    `<?xml version="1.0" encoding="${encoding}"?>` +
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
    `<${operation} xmlns="http://clm.cisco.com">${inner}</${operation}></soap:Body></soap:Envelope>`
  );
}

export function element(name: string, text: string): string {
  return `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`;
}

export function loginContent(user: string, password: string): string {
  return element('user', user) + element('password', password);
}

export function pageOf(by: 'jobGroup' | 'id', name: string, offset: number, max: number): string {
  return `${element(by, name)}<pageinfo><offset>${offset}</offset><max>${max}</max></pageinfo>`;
}

export function pidStatus(record: {
  jobId: string;
  group: string;
  id: string;
  errorMessage?: string;
}): string {
  return (
    `<pidStatus>${element('jobId', record.jobId)}${element('jobGroup', record.group)}${element('id', record.id)}` +
    `<errorCode>0</errorCode>${element('errorMessage', record.errorMessage ?? '')}</pidStatus>`
  );
}

/** The text of the first element of that name; empty where there is none or it has no text. */
export function textOf(xml: string, name: string): string {
  const [, text = ''] = new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml) ?? [];
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function items(values: readonly string[]): string {
  return values.map((value) => element('item', value)).join('');
}

function toList(body: string): { total: number; records: ListedRecord[] } {
  const records = body
    .split('<item>')
    .slice(1)
    .map((item) => ({
      recordId: textOf(item, 'recordId'),
      jobId: textOf(item, 'jobId'),
      id: textOf(item, 'id'),
      errorCode: Number(textOf(item, 'errorCode')),
      errorMessage: textOf(item, 'errorMessage'),
    }));
  return { total: Number(textOf(body, 'total')), records };
}

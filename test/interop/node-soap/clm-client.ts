import { type Client, createClientAsync } from 'soap';
import { eventually } from '../../support/eventually.ts';
import { withNils, withoutTypes } from './rpc-values.ts';

export interface Status {
  readonly errorCode: number;
  /** The `soap` package leaves a null member out. */
  readonly errorMessage?: string;
}

export interface StatusRecord {
  readonly recordId: string;
  readonly jobId: string;
  readonly jobGroup: string;
  readonly id: string;
  readonly errorCode: number;
  readonly errorMessage?: string;
  readonly username: string;
  readonly created: Date;
  readonly status?: Status;
}

export interface Job {
  readonly jobId: string;
  readonly jobGroup: string;
  readonly operation: string;
  readonly username: string;
  readonly comment?: string;
  readonly status: number;
  readonly statusName: string;
  readonly errorMessage?: string;
  readonly overallPercentage: number;
  readonly completed?: Date;
}

/** An array of zero size is read as null: page-none shows that once, with the bytes. */
export type ArrayOf<T> = { readonly item: readonly T[] } | null;

export interface Page {
  readonly status: Status;
  readonly pagination: { readonly offset: number; readonly max: number };
  readonly total: number;
  readonly items: ArrayOf<StatusRecord>;
}

export interface Token {
  readonly token: string;
  readonly username?: string;
  readonly timeout?: number;
  readonly sslEnabled?: boolean;
}

type Method = (args: object, callback: (error: unknown, answer: unknown) => void, options?: object) => void;

const PORTS: Readonly<Record<string, string>> = {
  soap11: 'LicenseManager',
  soap12: 'LicenseManager12',
  rpc: 'LicenseManager',
};
/** How long a case waits for a job on a busy machine. */
export const PATIENCE_MS = 15_000;

/** A client of the gateway, made from its WSDL, and the calls that several cases need. */
export class ClmClient {
  readonly binding: string;
  readonly user: string;
  readonly password: string;
  token: Token = { token: '' };
  /** Applied to the next request on its way out: the package itself would not let a wrong one out. */
  spoil: ((request: string) => string) | undefined;
  readonly #client: Client;
  readonly #port: Readonly<Record<string, Method>>;

  private constructor(client: Client, binding: string, user: string, password: string) {
    this.binding = binding;
    this.user = user;
    this.password = password;
    this.#client = client;
    this.#port = client['LicenseManagerService'][PORTS[binding] ?? ''];
  }

  static async connect(wsdl: string, binding: string, user: string, password: string): Promise<ClmClient> {
    const options = { forceSoap12Headers: binding === 'soap12', preserveWhitespace: true };
    const clm = new ClmClient(await createClientAsync(wsdl, options), binding, user, password);
    clm.token = await clm.login(password);
    return clm;
  }

  async login(password: string): Promise<Token> {
    return this.#invoke('login', {
      user: this.user,
      password,
      server_host: 'clm.example',
      port: 8080,
      idle_timeout: 30,
      eula: { accepted: true },
    });
  }

  /** Calls with this session's token, unless `args` has one. */
  async call<T>(operation: string, args: object = {}): Promise<T> {
    return this.#invoke(operation, { token: this.token, ...args });
  }

  /** A job group that no other program uses. */
  group(name: string): string {
    return `${this.user}-${name}`;
  }

  async start(
    programName: string,
    targets: string[] = [],
    args: string[] = [],
    jobGroup: string | null = null,
  ) {
    const lists = { targetIds: { item: targets }, arguments: { item: args } };
    return this.call<string>('asyncExecuteProgram', { jobGroup, programName, ...lists });
  }

  async job(job_id: string): Promise<Job | undefined> {
    return this.call('getAsyncOperationJobRecords', { job_id });
  }

  async kill(job_id: string): Promise<Status> {
    return this.call('killAsyncOperation', { job_id });
  }

  async add(group: string, id: string, errorMessage: string | null, created: string | null = null) {
    const ignored = { recordId: null, username: null, status: null };
    return this.call<StatusRecord>('addPersistentIDStatus', {
      pidStatus: { ...ignored, jobId: group, jobGroup: group, id, errorCode: 7, errorMessage, created },
    });
  }

  async page(jobGroup: string, offset: number, max: number): Promise<Page> {
    return this.call('listPersistentIDStatusByGroup', { jobGroup, pageinfo: { offset, max } });
  }

  lastAnswer(): string {
    return String(this.#client.lastResponse);
  }

  async untilStatus(id: string, name: string): Promise<Job> {
    const probe = async () => {
      const job = await this.job(id);
      return job?.statusName === name && job;
    };
    return eventually(`job ${id} is ${name}`, probe, PATIENCE_MS);
  }

  #plain(result: unknown): unknown {
    return this.binding === 'rpc' ? withoutTypes(result) : result;
  }

  async #invoke<T>(operation: string, args: object): Promise<T> {
    const method = this.#port[operation];
    if (!method) throw new Error(`the WSDL has no operation ${operation}`);
    const { spoil } = this;
    this.spoil = undefined;
    return new Promise((resolve, reject) => {
      const settle = (error: unknown, answer: unknown) => {
        if (error) reject(error);
        else resolve(this.#plain((answer as Record<string, unknown> | null)?.[`${operation}Result`]) as T);
      };
      method(this.binding === 'rpc' ? withNils(args) : args, settle, spoil && { postProcess: spoil });
    });
  }
}

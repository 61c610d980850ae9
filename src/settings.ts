import { availableParallelism } from 'node:os';
import { checkText, TEXT_LIMITS } from './core/identifiers.ts';
import { TrustedProxies } from './http/trusted-proxies.ts';
import { parseDatabaseUrl } from './storage/database-url.ts';
import { KEPT_RECORDS_BYTES } from './storage/kept-records.ts';
import { AllowedHosts } from './webhooks/allowed-hosts.ts';
import { SigningKey } from './webhooks/signing-key.ts';

/** One environment variable: how it is read, what stands in for it, and what an operator should know. */
export interface Setting<T> {
  /** Throws a sentence that says what was expected. */
  readonly read: (text: string) => T;
  readonly default: T;
  readonly meaning: string;
}

/** Every setting. All are optional; the README's table is checked against this one. */
export const SETTINGS = {
  JOBGATE_HOST: text('127.0.0.1', 'Address to listen on'),
  JOBGATE_PORT: integer(8080, { min: 0, max: 65_535 }, 'Port to listen on; 0 = any free one'),
  JOBGATE_WORKER_PORT: integer(
    undefined,
    { min: 0, max: 65_535 },
    "Port for a lone worker's probes and metrics; none by default",
  ),
  JOBGATE_DATABASE_URL: databaseUrl(
    'sqlite:jobgate.db',
    '`sqlite:PATH` or `mysql://user:password@host:port/name`',
  ),
  JOBGATE_ADMIN_PASSWORD: password(
    'First start only: the password of `admin`; else one is generated and printed once',
  ),
  JOBGATE_CATALOGUE: optionalText('Path of the catalogue, a JSON file that names the programs'),
  JOBGATE_CALLBACK_URL: origin(
    "The gateways' address as the endpoints of http programs reach it, such as `http://jobgate:8080`; they need it",
  ),
  JOBGATE_LOG_LEVEL: oneOf(
    ['info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent'],
    'How much is logged',
  ),
  JOBGATE_TRUSTED_PROXIES: addresses(
    'Addresses and CIDR ranges, comma-separated, whose X-Forwarded-* headers are believed',
  ),
  JOBGATE_CORS_ORIGINS: origins(
    'Origins, comma-separated, whose pages may call the REST rooms from a browser, or `*`; none by default',
  ),
  JOBGATE_WEBHOOK_ALLOW: allowedHosts(
    'Host names, addresses and CIDR ranges, comma-separated, that webhooks may be sent to although they are not public',
  ),
  JOBGATE_WEBHOOK_SECRETS: signingKeys(
    'Keys that sign webhooks (`whsec_…`, comma-separated): each gives a signature, the first one first; without any they go unsigned',
  ),
  JOBGATE_CLM_SINGLE_SESSION: boolean(true, 'Whether a second CLM login of a user ends the first'),
  JOBGATE_PYRAMID_ENUMS: oneOf(
    ['numbers', 'names'],
    'How Pyramid answers spell a status or type: `numbers`, or the `names` that its generated SDKs read',
  ),
  JOBGATE_WEB3_DATES: oneOf(
    ['microsoft', 'iso'],
    'How Web3 answers in JSON write a time: `microsoft` (`\\/Date(ms)\\/`, as .NET did in its day), or `iso` (ISO 8601)',
  ),
  JOBGATE_WEB3_MAX_TAKE: integer(
    100,
    { min: 1, max: 1_000 },
    'Most jobs in one page of a Web3 list, whatever `take` asks for',
  ),
  JOBGATE_SESSION_IDLE_MINUTES: integer(
    1_440,
    { min: 1, max: 525_600 },
    'The longest idle time a session is granted',
  ),
  JOBGATE_SESSION_HOURS: integer(
    720,
    { min: 1, max: 87_600 },
    'How long a session lives however much it is used',
  ),
  JOBGATE_MAX_BODY_BYTES: integer(
    10_485_760,
    { min: 1_024, max: 1_073_741_824 },
    'Largest request body, before and after inflation; the largest job needs 7 MiB',
  ),
  JOBGATE_MAX_BODIES_BYTES: integer(
    268_435_456,
    { min: 1_048_576, max: 68_719_476_736 },
    'Bytes that the bodies of all requests under way may hold together; what does not fit is told to come back (503)',
  ),
  JOBGATE_KEPT_RECORDS_BYTES: integer(
    KEPT_RECORDS_BYTES,
    { min: 0, max: 17_179_869_184 },
    'Memory for status records that were read lately, with their text in answers; a record of usual size counts 3 KB. They never change, and what another node deletes is not shown; 0 = none are kept. Restart the gateways after restoring the store from a backup',
  ),
  JOBGATE_MAX_JOB_DATA_BYTES: integer(
    104_857_600,
    { min: 1_024, max: 4_294_967_296 },
    'Largest item of job data (Web3 uploads, what programs write), before and after inflation',
  ),
  JOBGATE_MAX_HEADER_BYTES: integer(
    16_384,
    { min: 1_024, max: 1_048_576 },
    'Largest request head, as Node itself has it; one with a token and a Web3 address has 1 KiB',
  ),
  JOBGATE_MAX_CONNECTIONS: integer(
    2_000,
    { min: 1, max: 1_000_000 },
    'Connections at once: a kept one takes 10 KB, one that is sending the largest head 80, so all together 160 MB at most',
  ),
  JOBGATE_MAX_CONNECTIONS_PER_ADDRESS: integer(
    500,
    { min: 1, max: 1_000_000 },
    'Connections at once of one address (in IPv6, of one /64 network), a quarter of all, so that none holds them all; more are closed. Those of `JOBGATE_TRUSTED_PROXIES` do not count: only the proxy sees whose they are',
  ),
  JOBGATE_MAX_TOKEN_REQUESTS: integer(
    500,
    { min: 1, max: 1_000_000 },
    'Requests under way at once with one token, so that no client takes all connections; more are told to come back (429)',
  ),
  JOBGATE_REQUEST_SECONDS: integer(
    60,
    { min: 1, max: 3_600 },
    'How long a client may take to send a request; the largest body comes in time at 1.4 Mbit/s',
  ),
  JOBGATE_MAX_XML_DEPTH: integer(
    64,
    { min: 8, max: 10_000 },
    'Deepest nesting of elements; a CLM request needs 6',
  ),
  JOBGATE_MAX_XML_ELEMENTS: integer(
    200_000,
    { min: 100, max: 100_000_000 },
    'Most elements in a request: two arrays of the most items',
  ),
  JOBGATE_MAX_XML_ATTRIBUTES: integer(
    256,
    { min: 8, max: 100_000 },
    'Most attributes of an element, declarations included; toolkits write a dozen',
  ),
  JOBGATE_MAX_XML_NAME_LENGTH: integer(
    256,
    { min: 64, max: 100_000 },
    'Longest element or attribute name; the longest that a room knows has 35 characters',
  ),
  JOBGATE_MAX_JSON_DEPTH: integer(
    64,
    { min: 8, max: 1_000 },
    "Deepest nesting of arrays and objects in JSON; a Protrak job's arguments may be nested as they like, others need 4",
  ),
  JOBGATE_MAX_JSON_VALUES: integer(
    500_000,
    { min: 1_000, max: 100_000_000 },
    'Most values in a JSON document: 10 MB of `[],` are 3 million, and some 200 MB',
  ),
  JOBGATE_MAX_ARRAY_ITEMS: integer(
    100_000,
    { min: 100, max: 100_000_000 },
    'Most items of one array in a request, elements in an element or values in JSON; the largest job has room for as many of 70 characters',
  ),
  JOBGATE_PROTRAK_MAX_ARGUMENTS_BYTES: integer(
    1_048_576,
    { min: 1_024, max: 7_340_032 },
    "Largest arguments of a Protrak job, bytes of JSON; a job's result is at most 1 MiB",
  ),
  JOBGATE_SCHEDULE_MISSED: oneOf(
    ['once', 'skip'],
    'A scheduled run that no node was up for: made up for once, however many were missed, or skipped',
  ),
  JOBGATE_WORKER_CONCURRENCY: integer(
    Math.max(2, availableParallelism()),
    { min: 1, max: 1_024 },
    'Programs that run at once in this process; by default one a core, at least 2',
  ),
  JOBGATE_LEASE_SECONDS: integer(15, { min: 1, max: 3_600 }, 'How long a lost worker keeps its jobs'),
  JOBGATE_MAX_LOSSES: integer(
    3,
    { min: 1, max: 1_000 },
    'A job whose worker was lost this often is abandoned',
  ),
  JOBGATE_KILL_GRACE_MILLISECONDS: integer(
    1_000,
    { min: 0, max: 600_000 },
    'How long a killed program may tidy up before it is ended',
  ),
  JOBGATE_DRAIN_SECONDS: integer(
    10,
    { min: 0, max: 3_600 },
    'How long a stopping node waits for requests and programs to end',
  ),
} as const satisfies Record<string, Setting<unknown>>;

export type Settings = {
  readonly [N in keyof typeof SETTINGS]: (typeof SETTINGS)[N] extends Setting<infer T> ? T : never;
};

function text(value: string, meaning: string): Setting<string> {
  return { read: (given) => given, default: value, meaning };
}

function optionalText(meaning: string): Setting<string | undefined> {
  return { read: (given) => given, default: undefined, meaning };
}

/** Without a slash at its end. */
function origin(meaning: string): Setting<string | undefined> {
  const read = (given: string) => {
    const url = URL.canParse(given) ? new URL(given) : undefined;
    const plain = url && url.username + url.password + url.search + url.hash === '';
    if (!plain || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      throw new Error('must be an http or https URL without a user, a query and a fragment');
    }
    return url.href.replace(/\/+$/, '');
  };
  return { read, default: undefined, meaning };
}

/** Its text is never repeated in a problem. */
function password(meaning: string): Setting<string | undefined> {
  const read = (given: string) => checkText('the password', given, TEXT_LIMITS.password);
  return { read, default: undefined, meaning };
}

function integer<D extends number | undefined>(
  value: D,
  { min, max }: { min: number; max: number },
  meaning: string,
): Setting<number | D> {
  const read = (given: string) => {
    const number = Number(given);
    if (!/^\d+$/.test(given) || number < min || number > max) {
      throw new Error(`must be a whole number from ${min} to ${max}, not "${given}"`);
    }
    return number;
  };
  return { read, default: value, meaning };
}

function boolean(value: boolean, meaning: string): Setting<boolean> {
  const read = (given: string) => {
    if (given !== 'true' && given !== 'false') throw new Error(`must be true or false, not "${given}"`);
    return given === 'true';
  };
  return { read, default: value, meaning };
}

/** The first choice is the default. */
function oneOf<const T extends string>(choices: readonly [T, ...T[]], meaning: string): Setting<T> {
  const read = (given: string) => {
    const choice = choices.find((candidate) => candidate === given);
    if (!choice) throw new Error(`must be one of ${choices.join(', ')}, not "${given}"`);
    return choice;
  };
  return { read, default: choices[0], meaning };
}

/** Its text holds a password and is never repeated in a problem. */
function databaseUrl(value: string, meaning: string): Setting<string> {
  const read = (given: string) => {
    parseDatabaseUrl(given);
    return given;
  };
  return { read, default: value, meaning };
}

function addresses(meaning: string): Setting<TrustedProxies> {
  const read = (given: string) => new TrustedProxies(entriesOf(given));
  return { read, default: new TrustedProxies([]), meaning };
}

function allowedHosts(meaning: string): Setting<AllowedHosts> {
  const read = (given: string) => new AllowedHosts(entriesOf(given));
  return { read, default: new AllowedHosts([]), meaning };
}

/** Their text is never repeated in a problem. */
function signingKeys(meaning: string): Setting<readonly SigningKey[]> {
  const read = (given: string) => entriesOf(given).map((secret) => new SigningKey(secret));
  return { read, default: [], meaning };
}

/** As browsers write them in `Origin`: scheme, host, and the port unless it is the scheme's own. */
function origins(meaning: string): Setting<readonly string[]> {
  const read = (given: string) => {
    const entries = entriesOf(given);
    if (entries.length > 1 && entries.includes('*')) throw new Error('must be * alone, or origins');
    const wrong = entries.find((entry) => entry !== '*' && !isOrigin(entry));
    if (wrong) throw new Error(`must be origins such as https://jobs.example.com, not "${wrong}"`);
    return entries;
  };
  return { read, default: [], meaning };
}

function isOrigin(entry: string): boolean {
  // A browser's origin has no `*` in it, but a URL's host may.
  return /^https?:[^*]*$/.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry;
}

function entriesOf(given: string): string[] {
  return given
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

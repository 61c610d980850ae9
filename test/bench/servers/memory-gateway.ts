import { Registry } from 'prom-client';
import { loadConfig } from '../../../src/config.ts';
import type { Role } from '../../../src/core/caller.ts';
import type { Job, TargetProgress } from '../../../src/core/job.ts';
import { JobWatch } from '../../../src/core/job-watch.ts';
import type { RecordRange } from '../../../src/core/record-store.ts';
import type { Session } from '../../../src/core/session.ts';
import type { StatusRecord } from '../../../src/core/status-record.ts';
import { DIALECTS } from '../../../src/dialects/index.ts';
import { buildHouse } from '../../../src/house.ts';
import { createGateway } from '../../../src/http/gateway.ts';
import { Metrics } from '../../../src/http/metrics.ts';
import { Readiness } from '../../../src/http/readiness.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { FIXED_SERVER_LIMITS } from '../../../src/http/server-limits.ts';
import { createLog } from '../../../src/log.ts';
import type { Store } from '../../../src/storage/open-store.ts';
import { benchJob, benchRecords } from '../memory-rows.ts';

// memory-gateway kept|fresh: the gateway as it is served, on ports that answer from memory, so that what is measured is
// ours alone: HTTP, SOAP, core, log and metrics. Records are the same objects each time, as those that a store has
// kept, or made anew for each request, as those that it has just read.

const fresh = process.argv[2] === 'fresh';
const records: readonly StatusRecord[] = benchRecords(1_000).map((record) => Object.freeze(record));
const job: Job & TargetProgress = benchJob();
const config = loadConfig({});
const log = createLog(config.JOBGATE_LOG_LEVEL);

const pageByGroup = async (_group: string, { offset, max }: RecordRange) => {
  const items = records.slice(offset, max === null ? undefined : offset + max);
  return { total: records.length, items: fresh ? items.map(copy) : items };
};
/** Member by member, as a store makes it of a row: to spread one costs Node 20 0.2 µs more. */
function copy(record: StatusRecord): StatusRecord {
  return {
    recordId: record.recordId,
    group: record.group,
    jobId: record.jobId,
    targetId: record.targetId,
    errorCode: record.errorCode,
    errorMessage: record.errorMessage,
    username: record.username,
    created: record.created,
  };
}

const started = Date.now();
const find = async (tokenHash: string): Promise<Session & { readonly role: Role }> => ({
  tokenHash,
  username: 'admin',
  realm: 'clm',
  role: 'admin',
  idleMs: 3_600_000,
  created: started,
  lastUsed: Date.now(),
  expires: started + 3_600_000,
});
const store = {
  records: { pageByGroup },
  jobs: { find: async () => job, findWithTargets: async () => job },
  sessions: { find },
} as unknown as Store;

const house = buildHouse(store, config, {
  pages: store.records,
  watch: new JobWatch(store.jobs),
  signal: { queued() {}, cancelling() {} },
});
const trustedProxies = config.JOBGATE_TRUSTED_PROXIES;
const readiness = new Readiness(async () => {}, Date.now);
const countOpen = async () => ({}) as never;
const server = createHttpServer({
  host: '127.0.0.1',
  port: 0,
  limits: {
    ...FIXED_SERVER_LIMITS,
    headerBytes: config.JOBGATE_MAX_HEADER_BYTES,
    requestTimeoutMs: config.JOBGATE_REQUEST_SECONDS * 1_000,
    connections: config.JOBGATE_MAX_CONNECTIONS,
    connectionsPerAddress: config.JOBGATE_MAX_CONNECTIONS_PER_ADDRESS,
  },
  listener: createGateway({
    rooms: await Promise.all(DIALECTS.map((dialect) => dialect.mount(house))),
    readiness,
    metrics: new Metrics(new Registry(), { jobs: countOpen, webhooks: countOpen }, Date.now),
    trustedProxies,
    log,
  }),
  readiness,
  trustedProxies,
  log,
});
const { port } = await server.listen();
console.log(`http://127.0.0.1:${port}`);

import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { buildDeliverer, webhookBodies } from './build-deliverer.ts';
import type { Config } from './config.ts';
import { Accounts } from './core/accounts.ts';
import { catalogueSchedules } from './core/catalogue-schedules.ts';
import { JobWatch } from './core/job-watch.ts';
import type { WorkSignal } from './core/jobs.ts';
import { DIALECTS } from './dialects/index.ts';
import { buildHouse } from './house.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createGateway } from './http/gateway.ts';
import { Metrics } from './http/metrics.ts';
import { Readiness } from './http/readiness.ts';
import type { Room } from './http/room.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { FIXED_SERVER_LIMITS } from './http/server-limits.ts';
import { createLog } from './log.ts';
import { openapiRoom } from './openapi.ts';
import { CRONER_TIMES } from './scheduler/croner-times.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import { openStore, type Store } from './storage/open-store.ts';
import { timedPages } from './timed-pages.ts';
import type { Worker } from './worker/worker.ts';

/** What this process is to be: either or both. */
export interface Roles {
  readonly gateway: boolean;
  readonly worker: boolean;
}

export interface Started {
  /** Where the gateway listens, such as `http://127.0.0.1:8080`; undefined for a worker alone. */
  readonly url: string | undefined;
  /** The first administrator's password, where one had to be made up: the only time it is known. */
  readonly generatedPassword: string | undefined;
}

export interface App {
  start(): Promise<Started>;
  /** Stops taking work, lets what is under way end, and closes the store. */
  close(): Promise<void>;
}

/** How often a worker looks for jobs that other processes submitted. */
const POLL_MS = 200;
/** Programs walk over rows and devices, they do not hold them: a runaway ends here and not with the process. */
const PROGRAM_HEAP_MB = 512;
const NOBODY: WorkSignal = { queued() {}, cancelling() {} };

/** Puts the house together by hand. Throws STORE_UNAVAILABLE where the store cannot be opened. */
export async function createApp(config: Config, roles: Roles): Promise<App> {
  const log = createLog(config.JOBGATE_LOG_LEVEL);
  const store = await openStore({
    url: config.JOBGATE_DATABASE_URL,
    log,
    keptRecordsBytes: config.JOBGATE_KEPT_RECORDS_BYTES,
  });
  try {
    return await assemble(store, config, roles, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function assemble(store: Store, config: Config, roles: Roles, log: Logger): Promise<App> {
  const clock = Date.now;
  const metrics = new Metrics(
    new Registry(),
    { jobs: () => store.jobs.countOpen(), webhooks: () => store.webhooks.countOpen() },
    clock,
  );
  const worker = roles.worker ? await buildWorker() : undefined;
  const watch = new JobWatch(store.jobs);
  const pages = timedPages(store.records, (ms) => metrics.pageRead(ms));
  const house = buildHouse(store, config, { pages, watch, signal: worker ?? NOBODY });
  const deliverer = buildDeliverer(store, config, webhookBodies(DIALECTS, house), {
    log,
    observer: metrics.webhooks,
  });
  const scheduler = new Scheduler({
    schedules: store.schedules,
    programs: config.catalogue.programs,
    cron: CRONER_TIMES,
    clock,
    missed: config.JOBGATE_SCHEDULE_MISSED,
    log,
    queued: () => worker?.queued(),
  });
  const server = roles.gateway
    ? buildServer(config.JOBGATE_PORT, await buildRooms())
    : config.JOBGATE_WORKER_PORT === undefined
      ? undefined
      : buildServer(config.JOBGATE_WORKER_PORT, []);
  const housekeeping = startHousekeeping({
    sessions: store.sessions,
    loginFailures: store.loginFailures,
    webhooks: store.webhooks,
    jobData: store.jobData,
    callbacks: store.callbacks,
    clock,
    onError: (error) => log.warn({ err: error }, 'housekeeping failed; it is tried again in an hour'),
  });

  return {
    async start() {
      await store.migrations.up();
      const accounts = new Accounts(store.accounts, clock);
      const { generatedPassword } = await accounts.addFirstAdministrator(config.JOBGATE_ADMIN_PASSWORD);
      const { schedules } = config.catalogue;
      if (schedules)
        await store.schedules.syncCatalogue(catalogueSchedules(schedules, CRONER_TIMES, clock()));
      worker?.start();
      if (worker)
        log.info({ worker: worker.workerId, programs: config.catalogue.programs.size }, 'worker started');
      deliverer.start();
      scheduler.start();
      const bound = await server?.listen();
      if (bound) log.info(bound, roles.gateway ? 'gateway listening' : 'probes listening');
      return { url: bound && roles.gateway ? urlOf(bound) : undefined, generatedPassword };
    },
    async close() {
      housekeeping.stop();
      watch.close();
      const drainMs = config.JOBGATE_DRAIN_SECONDS * 1_000;
      await Promise.all([server?.close(drainMs), worker?.stop(), deliverer.stop(), scheduler.stop()]);
      await store.close();
      log.info('stopped');
    },
  };

  async function buildWorker(): Promise<Worker> {
    // With it comes the thread pool: a gateway alone is spared 40 ms of processor time at its start.
    const { createWorker } = await import('./worker/worker.ts');
    return createWorker({
      queue: store.queue,
      data: store.jobData,
      callbacks: store.callbacks,
      catalogue: config.catalogue.programs,
      clock,
      log,
      observer: metrics.worker,
      settings: {
        concurrency: config.JOBGATE_WORKER_CONCURRENCY,
        leaseMs: config.JOBGATE_LEASE_SECONDS * 1_000,
        maxLosses: config.JOBGATE_MAX_LOSSES,
        killGraceMs: config.JOBGATE_KILL_GRACE_MILLISECONDS,
        drainMs: config.JOBGATE_DRAIN_SECONDS * 1_000,
        pollMs: POLL_MS,
        maxHeapMb: PROGRAM_HEAP_MB,
        maxDataBytes: config.JOBGATE_MAX_JOB_DATA_BYTES,
        // The configuration has made sure of it where there are http programs.
        callbackUrl: config.JOBGATE_CALLBACK_URL ?? '',
      },
    });
  }

  function buildRooms(): Promise<Room[]> {
    const described = DIALECTS.flatMap(({ openapi }) => openapi ?? []);
    return Promise.all([openapiRoom(described), ...DIALECTS.map((dialect) => dialect.mount(house))]);
  }

  /** Without rooms it serves the probes and metrics of a worker alone. */
  function buildServer(port: number, rooms: readonly Room[]): HttpServer {
    const readiness = new Readiness(() => store.ping(), clock);
    return createHttpServer({
      host: config.JOBGATE_HOST,
      port,
      limits: {
        ...FIXED_SERVER_LIMITS,
        headerBytes: config.JOBGATE_MAX_HEADER_BYTES,
        requestTimeoutMs: config.JOBGATE_REQUEST_SECONDS * 1_000,
        connections: config.JOBGATE_MAX_CONNECTIONS,
        connectionsPerAddress: config.JOBGATE_MAX_CONNECTIONS_PER_ADDRESS,
      },
      trustedProxies: config.JOBGATE_TRUSTED_PROXIES,
      listener: createGateway({
        rooms,
        readiness,
        metrics,
        trustedProxies: config.JOBGATE_TRUSTED_PROXIES,
        log,
      }),
      readiness,
      log,
    });
  }
}

function urlOf({ host, port }: { host: string; port: number }): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

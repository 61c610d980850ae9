import type { Config } from './config.ts';
import { Callbacks } from './core/callbacks.ts';
import { JobDataAccess } from './core/job-data-access.ts';
import type { JobWatch } from './core/job-watch.ts';
import { Jobs, type WorkSignal } from './core/jobs.ts';
import { LoginThrottle } from './core/login-throttle.ts';
import type { RecordStore } from './core/record-store.ts';
import { Records } from './core/records.ts';
import { Runs } from './core/runs.ts';
import { Schedules } from './core/schedules.ts';
import { Sessions } from './core/sessions.ts';
import type { House } from './dialects/dialect.ts';
import { BodyBudget } from './http/body-budget.ts';
import { CRONER_TIMES } from './scheduler/croner-times.ts';
import type { Store } from './storage/open-store.ts';

const MINUTE_MS = 60_000;

/** What the house shares with the rest of its process. */
export interface HouseParts {
  readonly pages: RecordStore;
  readonly watch: JobWatch;
  readonly signal: WorkSignal;
}

/** What the rooms may use, on this store. */
export function buildHouse(store: Store, config: Config, { pages, watch, signal }: HouseParts): House {
  const clock = Date.now;
  const { catalogue } = config;
  const jobs = new Jobs(store.jobs, catalogue.programs, clock, signal);
  return {
    jobs,
    runs: new Runs(store.jobs, catalogue.programs, clock, signal),
    watch,
    catalogue,
    records: new Records(pages, store.jobs, clock),
    callbacks: new Callbacks({ callbacks: store.callbacks, jobs: store.jobs, queue: store.queue, clock }),
    schedules: new Schedules({
      schedules: store.schedules,
      jobs: store.jobs,
      programs: catalogue.programs,
      cron: CRONER_TIMES,
      clock,
      signal,
    }),
    jobData: new JobDataAccess({
      store: store.jobData,
      jobs,
      clock,
      maxBytes: config.JOBGATE_MAX_JOB_DATA_BYTES,
    }),
    sessions: new Sessions({
      sessions: store.sessions,
      accounts: store.accounts,
      throttle: new LoginThrottle(store.loginFailures, clock),
      clock,
      settings: {
        maxIdleMs: config.JOBGATE_SESSION_IDLE_MINUTES * MINUTE_MS,
        maxAgeMs: config.JOBGATE_SESSION_HOURS * 60 * MINUTE_MS,
        singleIn: config.JOBGATE_CLM_SINGLE_SESSION ? ['clm'] : [],
        maxRequests: config.JOBGATE_MAX_TOKEN_REQUESTS,
      },
    }),
    bodyLimits: {
      wire: config.JOBGATE_MAX_BODY_BYTES,
      inflated: config.JOBGATE_MAX_BODY_BYTES,
      inFlight: new BodyBudget(config.JOBGATE_MAX_BODIES_BYTES),
    },
    corsOrigins: config.JOBGATE_CORS_ORIGINS,
    web3: { dates: config.JOBGATE_WEB3_DATES, maxTake: config.JOBGATE_WEB3_MAX_TAKE },
    pyramid: { enums: config.JOBGATE_PYRAMID_ENUMS },
    xmlLimits: {
      depth: config.JOBGATE_MAX_XML_DEPTH,
      elements: config.JOBGATE_MAX_XML_ELEMENTS,
      attributes: config.JOBGATE_MAX_XML_ATTRIBUTES,
      nameLength: config.JOBGATE_MAX_XML_NAME_LENGTH,
      children: config.JOBGATE_MAX_ARRAY_ITEMS,
    },
    jsonLimits: {
      depth: config.JOBGATE_MAX_JSON_DEPTH,
      values: config.JOBGATE_MAX_JSON_VALUES,
      arrayItems: config.JOBGATE_MAX_ARRAY_ITEMS,
    },
    protrak: { maxArgumentsBytes: config.JOBGATE_PROTRAK_MAX_ARGUMENTS_BYTES },
  };
}

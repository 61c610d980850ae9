import type { AccountStore } from '../core/account.ts';
import type { CallbackStore } from '../core/callback.ts';
import type { JobDataStore } from '../core/job-data.ts';
import type { JobQueue } from '../core/job-queue.ts';
import type { JobStore } from '../core/job-store.ts';
import type { LoginFailureStore } from '../core/login-throttle.ts';
import type { RecordStore } from '../core/record-store.ts';
import type { ScheduleStore } from '../core/schedule-store.ts';
import type { SessionStore } from '../core/session.ts';
import type { WebhookStore } from '../core/webhook-store.ts';
import { SqlAccountStore } from './account-store.ts';
import { SqlCallbackStore } from './callback-store.ts';
import { Database } from './database.ts';
import { SqlJobDataStore } from './job-data-store.ts';
import { JobGroups } from './job-group.ts';
import { SqlJobQueue } from './job-queue.ts';
import { SqlJobStore } from './job-store.ts';
import { KEPT_RECORDS_BYTES, KeptRecords } from './kept-records.ts';
import { SqlLoginFailureStore } from './login-failure-store.ts';
import { Migrator } from './migrator.ts';
import { SqlRecordStore } from './record-store.ts';
import { RecordWriter } from './record-writer.ts';
import { SqlScheduleStore } from './schedule-store.ts';
import { SqlSessionStore } from './session-store.ts';
import type { StoreLog } from './store-log.ts';
import { SqlWebhookStore } from './webhook-store.ts';

/** Core's ports on one database. While that is away they throw STORE_UNAVAILABLE, and work again once it is back. */
export interface Store {
  readonly jobs: JobStore;
  readonly queue: JobQueue;
  readonly records: RecordStore;
  readonly jobData: JobDataStore;
  readonly callbacks: CallbackStore;
  readonly schedules: ScheduleStore;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly loginFailures: LoginFailureStore;
  readonly webhooks: WebhookStore;
  readonly migrations: Pick<Migrator, 'up' | 'down' | 'status'>;
  /** Throws STORE_UNAVAILABLE unless the database answers within three seconds. */
  ping(): Promise<void>;
  /** Waits for statements under way, then closes the connections. */
  close(): Promise<void>;
}

const PING_TIMEOUT_MS = 3_000;

export interface StoreOptions {
  readonly url: string;
  readonly log?: StoreLog;
  /** What the records read lately may take of memory; 0 = none are kept. */
  readonly keptRecordsBytes?: number;
}

/**
 * Opens the store at `url` (see parseDatabaseUrl for its forms). Connects when first used;
 * the schema is brought up by `migrations.up()`.
 */
export async function openStore({
  url,
  log,
  keptRecordsBytes = KEPT_RECORDS_BYTES,
}: StoreOptions): Promise<Store> {
  const database = new Database(url, log);
  const groups = new JobGroups(database);
  const writer = new RecordWriter(database, groups);
  const kept = new KeptRecords(keptRecordsBytes);
  return {
    jobs: new SqlJobStore(database),
    queue: new SqlJobQueue(database, writer),
    records: new SqlRecordStore({ database, groups, writer, kept }),
    jobData: new SqlJobDataStore(database),
    callbacks: new SqlCallbackStore(database),
    schedules: new SqlScheduleStore(database),
    accounts: new SqlAccountStore(database),
    sessions: new SqlSessionStore(database),
    loginFailures: new SqlLoginFailureStore(database),
    webhooks: new SqlWebhookStore(database),
    migrations: new Migrator(database),
    ping: () => database.ping(PING_TIMEOUT_MS),
    close: () => database.close(),
  };
}

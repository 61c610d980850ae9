import { accounts } from './001-accounts.ts';
import { sessions } from './002-sessions.ts';
import { loginFailures } from './003-login-failures.ts';
import { jobs } from './004-jobs.ts';
import { jobLog } from './005-job-log.ts';
import { jobGroups } from './006-job-groups.ts';
import { records } from './007-records.ts';
import { recordHoles } from './008-record-holes.ts';
import { foreignJobs } from './009-foreign-jobs.ts';
import { jobFaces } from './010-job-faces.ts';
import { runs } from './011-runs.ts';
import { webhooks } from './012-webhooks.ts';
import { schedules } from './013-schedules.ts';
import { executions } from './014-executions.ts';
import { jobData } from './015-job-data.ts';
import { jobDataChunks } from './015-job-data-chunks.ts';
import { callbacks } from './016-callbacks.ts';
import { accountDisabled } from './017-account-disabled.ts';
import {
  type Addition,
  addOnMysql,
  addOnSqlite,
  createOnMysql,
  createOnSqlite,
  type Table,
  takeBackOnMysql,
  takeBackOnSqlite,
} from './table.ts';

/** One step of the schema. Once released it is never edited: a change is a new migration. */
export interface Migration {
  /** As stored in the database: no file ending, so that sources and compiled files agree. */
  readonly name: string;
  readonly up: { readonly mysql: readonly string[]; readonly sqlite: readonly string[] };
  readonly down: { readonly mysql: readonly string[]; readonly sqlite: readonly string[] };
}

function create(name: string, table: Table): Migration {
  const drop = [`DROP TABLE IF EXISTS ${table.name}`];
  return {
    name,
    up: { mysql: createOnMysql(table), sqlite: createOnSqlite(table) },
    down: { mysql: drop, sqlite: drop },
  };
}

function add(name: string, addition: Addition): Migration {
  return {
    name,
    up: { mysql: addOnMysql(addition), sqlite: addOnSqlite(addition) },
    down: { mysql: takeBackOnMysql(addition), sqlite: takeBackOnSqlite(addition) },
  };
}

/** Every migration in order: the one list, no directory is read. */
export const MIGRATIONS: readonly Migration[] = [
  create('001-accounts', accounts),
  create('002-sessions', sessions),
  create('003-login-failures', loginFailures),
  create('004-jobs', jobs),
  create('005-job-log', jobLog),
  create('006-job-groups', jobGroups),
  create('007-records', records),
  create('008-record-holes', recordHoles),
  create('009-foreign-jobs', foreignJobs),
  add('010-job-faces', jobFaces),
  create('011-runs', runs),
  create('012-webhooks', webhooks),
  create('013-schedules', schedules),
  create('014-executions', executions),
  create('015-job-data', jobData),
  create('015-job-data-chunks', jobDataChunks),
  create('016-callbacks', callbacks),
  add('017-account-disabled', accountDisabled),
];

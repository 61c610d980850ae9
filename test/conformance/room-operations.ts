import { Jobs } from '../../src/core/jobs.ts';
import { LoginThrottle } from '../../src/core/login-throttle.ts';
import { Records } from '../../src/core/records.ts';
import { Sessions } from '../../src/core/sessions.ts';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { BodyBudget } from '../../src/http/body-budget.ts';
import type { Store } from '../../src/storage/open-store.ts';

/** The operations that a room says it has. */
export async function operationsOf(dialect: Dialect, store: Store): Promise<ReadonlySet<string>> {
  const programs = new Map();
  const clock = Date.now;
  const room = await dialect.mount({
    jobs: new Jobs(store.jobs, programs, clock, { queued() {}, cancelling() {} }),
    records: new Records(store.records, store.jobs, clock),
    sessions: new Sessions({
      sessions: store.sessions,
      accounts: store.accounts,
      throttle: new LoginThrottle(store.loginFailures, clock),
      clock,
      settings: { maxIdleMs: 1, maxAgeMs: 1, singleIn: [] },
    }),
    bodyLimits: { wire: 1, inflated: 1, inFlight: new BodyBudget(1) },
    xmlLimits: { depth: 1, elements: 1, attributes: 1, nameLength: 1 },
  });
  return room.operations;
}

const COUNTED = /^jobgate_http_requests_total\{room="(.*?)",operation="(.*?)",outcome="ok"\} [1-9]/gm;

/** The operations of a room that a gateway has answered without an error, by its own count. */
export async function operationsThatSucceeded(origin: string, room: string): Promise<string[]> {
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  return [...metrics.matchAll(COUNTED)].filter((line) => line[1] === room).map((line) => line[2] ?? '');
}

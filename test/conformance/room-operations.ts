import { loadConfig } from '../../src/config.ts';
import { JobWatch } from '../../src/core/job-watch.ts';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { buildHouse } from '../../src/house.ts';
import type { Store } from '../../src/storage/open-store.ts';

/** The operations that a room says it has. */
export async function operationsOf(dialect: Dialect, store: Store): Promise<ReadonlySet<string>> {
  const house = buildHouse(store, loadConfig({}), {
    pages: store.records,
    watch: new JobWatch(store.jobs),
    signal: { queued() {}, cancelling() {} },
  });
  return (await dialect.mount(house)).operations;
}

const COUNTED = /^jobgate_http_requests_total\{room="(.*?)",operation="(.*?)",outcome="ok"\} [1-9]/gm;

/** The operations of a room that a gateway has answered without an error, by its own count. */
export async function operationsThatSucceeded(origin: string, room: string): Promise<string[]> {
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  return [...metrics.matchAll(COUNTED)].filter((line) => line[1] === room).map((line) => line[2] ?? '');
}

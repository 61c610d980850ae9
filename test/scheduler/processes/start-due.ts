import { createInterface } from 'node:readline';
import { DueRuns } from '../../../src/scheduler/due-runs.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { dueRunsOptions } from '../scheduler-rig.ts';

// A node of its own on the store of its first argument: at a line of input it starts what is due at the
// time of its second argument, look by look until nothing is, and prints how many runs that were.
const [url = '', now] = process.argv.slice(2);
const store = await openStore({ url });
const due = new DueRuns(dueRunsOptions(store, { clock: () => Number(now) }));
await store.ping();
console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) break;
let started = 0;
while ((await store.schedules.findDue(Number(now), 1)).length > 0) {
  started += (await due.start(Number(now))).started;
}
console.log(JSON.stringify(started));
await store.close();

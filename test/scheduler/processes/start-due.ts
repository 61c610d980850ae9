import { createInterface } from 'node:readline';
import { DueRuns } from '../../../src/scheduler/due-runs.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { dueRunsOptions } from '../scheduler-rig.ts';

// A node of its own on the store of its first argument: looks what is due at the time of its second one, prints
// how many runs that is, starts them at a line of input, and prints how many of them it was the one to start.
const [url = '', now] = process.argv.slice(2);
const { schedules, close } = await openStore({ url });
const found = await schedules.findDue(Number(now), 100);
const node = new DueRuns(
  dueRunsOptions(
    {
      schedules: {
        findDue: async () => found,
        findPayload: (id) => schedules.findPayload(id),
        fire: (...args) => schedules.fire(...args),
      },
    },
    { clock: () => Number(now) },
  ),
);
console.log(found.length);
for await (const _ of createInterface({ input: process.stdin })) break;
console.log((await node.start(Number(now))).started);
await close();

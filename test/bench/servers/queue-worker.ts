import { argv } from 'node:process';
import type { QueueAdapter } from '../queues/bench-queue.ts';
import { run } from '../queues/stamp.ts';

// node queue-worker.js ADAPTER SERVER NAME CONCURRENCY one|many, by fork(): takes jobs until it is ended.

const [, , path = '', server = '', name = '', concurrency, how] = argv;
const adapter: QueueAdapter = await import(path);
process.on('disconnect', () => process.exit());
await adapter.work?.(server, name, { concurrency: Number(concurrency), many: how === 'many' }, run);
process.send?.({ value: 'ready' });

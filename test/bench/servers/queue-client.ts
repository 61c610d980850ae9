import { argv } from 'node:process';
import type { QueueAdapter } from '../queues/bench-queue.ts';
import type { ClientRequest } from '../queues/queue-client.ts';
import { loadQueue, timeStarts } from '../queues/queue-load.ts';

// node queue-client.js ADAPTER SERVER NAME, by fork(): submits jobs to a queue, as it is told.

const [, , path = '', server = '', name = ''] = argv;
const adapter: QueueAdapter = await import(path);
let open: ReturnType<QueueAdapter['open']> | undefined;

async function answer(request: ClientRequest): Promise<unknown> {
  if (request.do === 'create') return adapter.create?.(server, name);
  open ??= adapter.open(server, name);
  const queue = await open;
  switch (request.do) {
    case 'durability':
      return queue.durability();
    case 'load':
      return loadQueue(queue, request.ms, request.how);
    case 'time starts':
      return timeStarts(queue, request.ms, request.file);
    case 'drop':
      await queue.close();
      return adapter.drop?.(server, name);
  }
}

process.on('message', (request: ClientRequest) => {
  answer(request).then(
    (value) => process.send?.({ value }),
    (error: unknown) => process.send?.({ error: String(error instanceof Error ? error.stack : error) }),
  );
});
process.on('disconnect', () => process.exit());

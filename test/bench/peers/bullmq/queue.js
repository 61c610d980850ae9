import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

// BullMQ on Redis, whose settings decide what is kept; jobs that have completed are kept, as by default.

const QUEUE = 'bench';

export async function open(server, name) {
  const redis = connection(server);
  const queue = new Queue(QUEUE, { connection: redis, prefix: name });
  return {
    submit: (stamp) => queue.add('job', { stamp }),
    submitMany: (count) => queue.addBulk(Array.from({ length: count }, () => ({ name: 'job', data: {} }))),
    settled: async () => {
      const counts = await queue.getJobCounts('wait', 'active', 'delayed', 'prioritized');
      return Object.values(counts).every((count) => count === 0);
    },
    completed: () => queue.getCompletedCount(),
    clear: async () => {
      while ((await queue.getCompletedCount()) > 0) await queue.clean(0, 10_000, 'completed');
    },
    durability: async () => {
      const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1];
      const settings = [];
      for (const name of ['appendonly', 'appendfsync', 'save']) {
        const [, value] = await redis.config('GET', name);
        settings.push(`${name}=${value || 'none'}`);
      }
      return `Redis ${version}: ${settings.join(', ')}`;
    },
    close: async () => {
      await queue.obliterate({ force: true });
      await queue.close();
      redis.disconnect();
    },
  };
}

export async function work(server, name, { concurrency }, run) {
  const worker = new Worker(QUEUE, async ({ data }) => run(data.stamp), {
    connection: connection(server),
    prefix: name,
    concurrency,
  });
  worker.on('error', (error) => console.error(error));
  await worker.waitUntilReady();
}

/** As its documentation has it for workers. */
function connection(server) {
  return new Redis(server, { maxRetriesPerRequest: null });
}

import { Logger, makeWorkerUtils, run as runWorker, WorkerPreset } from 'graphile-worker';
import { createDatabase, databaseUrl, dropDatabase, PostgresBench } from '../postgres.js';

// graphile-worker: https://worker.graphile.org/docs/performance for what `many` sets.

const logger = new Logger(() => () => {});
const JOBS = 'graphile_worker._private_jobs';

export { dropDatabase as drop };

export async function create(server, name) {
  await createDatabase(server, name);
  const utils = await makeWorkerUtils({ connectionString: databaseUrl(server, name), logger });
  await utils.migrate();
  await utils.release();
}

export async function open(server, name) {
  const bench = await PostgresBench.connect(server, name);
  const utils = await makeWorkerUtils({ connectionString: databaseUrl(server, name), logger });
  return {
    submit: (stamp) => utils.addJob('bench', { stamp }),
    submitMany: (count) =>
      utils.addJobs(Array.from({ length: count }, () => ({ identifier: 'bench', payload: {} }))),
    // A job that completes is deleted; one that fails stays.
    settled: async () => (await bench.rows(`SELECT 1 FROM ${JOBS} LIMIT 1`)).length === 0,
    completed: async () => undefined,
    clear: async () => {},
    durability: () => bench.durability(),
    close: async () => {
      await utils.release();
      await bench.end();
    },
  };
}

export function work(server, name, { concurrency, many }, run) {
  return runWorker({
    preset: {
      extends: [WorkerPreset],
      worker: {
        connectionString: databaseUrl(server, name),
        concurrentJobs: concurrency,
        maxPoolSize: concurrency + 2,
        logger,
        ...(many && { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }),
      },
    },
    parsedCronItems: [],
    taskList: { bench: async ({ stamp }) => run(stamp) },
  });
}

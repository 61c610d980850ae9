import { PgBoss } from 'pg-boss';
import { createDatabase, databaseUrl, dropDatabase, PostgresBench } from '../postgres.js';

// pg-boss: woken by LISTEN/NOTIFY, and taking the next batch at once while they come full, which it has settings for.

const QUEUE = 'bench';
/** Jobs of one fetch where many are taken at a time. */
const BATCH = 100;

export { dropDatabase as drop };

export async function create(server, name) {
  await createDatabase(server, name);
  const boss = await started(server, name);
  await boss.createQueue(QUEUE, { notify: true });
  await boss.stop({ graceful: false });
}

export async function open(server, name) {
  const bench = await PostgresBench.connect(server, name);
  const boss = await started(server, name, { supervise: false });
  const count = async (condition) => {
    const text = `SELECT count(*)::int AS jobs FROM pgboss.job WHERE name = '${QUEUE}' AND ${condition}`;
    return (await bench.rows(text))[0].jobs;
  };
  return {
    submit: (stamp) => boss.send(QUEUE, { stamp }),
    submitMany: (many) =>
      boss.insert(
        QUEUE,
        Array.from({ length: many }, () => ({ data: {} })),
      ),
    settled: async () => (await count("state < 'completed'")) === 0,
    completed: () => count("state = 'completed'"),
    clear: () => boss.deleteAllJobs(QUEUE),
    durability: () => bench.durability(),
    close: async () => {
      await boss.stop({ graceful: false });
      await bench.end();
    },
  };
}

export async function work(server, name, { concurrency, many }, run) {
  // One fetch at a time: more connections stay idle, and PostgreSQL has 100 for all.
  const boss = await started(server, name, { useListenNotify: true, max: 5 });
  const options = {
    batchSize: many ? BATCH : concurrency,
    burstWhenBatchFull: true,
    // The least that it takes.
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 0.5,
  };
  await boss.work(QUEUE, options, async (jobs) => {
    for (const { data } of jobs) run(data.stamp);
  });
}

async function started(server, name, options) {
  const boss = new PgBoss({ connectionString: databaseUrl(server, name), ...options });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  return boss;
}

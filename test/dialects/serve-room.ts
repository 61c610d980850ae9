import { type Logger, pino } from 'pino';
import { Registry } from 'prom-client';
import { loadConfig } from '../../src/config.ts';
import { JobWatch } from '../../src/core/job-watch.ts';
import type { Dialect, House } from '../../src/dialects/dialect.ts';
import { buildHouse } from '../../src/house.ts';
import { createGateway } from '../../src/http/gateway.ts';
import { Metrics } from '../../src/http/metrics.ts';
import { Readiness } from '../../src/http/readiness.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { TrustedProxies } from '../../src/http/trusted-proxies.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { LIMITS } from '../http/gateway-under-test.ts';

export interface ServedRoom {
  readonly origin: string;
  readonly house: House;
  readonly watch: JobWatch;
  close(): Promise<void>;
}

/** One room behind a gateway of its own, on this store, without a worker. */
export async function serveRoom(
  dialect: Dialect,
  store: Store,
  settings: Readonly<Record<string, string>>,
  log: Logger = pino({ enabled: false }),
): Promise<ServedRoom> {
  const watch = new JobWatch(store.jobs);
  const signal = { queued() {}, cancelling() {} };
  const house = buildHouse(store, loadConfig(settings), { pages: store.records, watch, signal });
  const readiness = new Readiness(() => store.ping(), Date.now);
  const counts = { jobs: () => store.jobs.countOpen(), webhooks: () => store.webhooks.countOpen() };
  const trustedProxies = new TrustedProxies([]);
  const server = createHttpServer({
    ...{ host: '127.0.0.1', port: 0, limits: LIMITS, trustedProxies, readiness, log },
    listener: createGateway({
      rooms: [await dialect.mount(house)],
      metrics: new Metrics(new Registry(), counts, Date.now),
      ...{ trustedProxies, readiness, log },
    }),
  });
  const { host, port } = await server.listen();
  const close = async () => {
    watch.close();
    await server.close(0);
  };
  return { origin: `http://${host}:${port}`, house, watch, close };
}

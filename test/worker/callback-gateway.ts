import { pino } from 'pino';
import { Registry } from 'prom-client';
import { loadConfig } from '../../src/config.ts';
import { JobWatch } from '../../src/core/job-watch.ts';
import { callback } from '../../src/dialects/callback/index.ts';
import { buildHouse } from '../../src/house.ts';
import { createGateway } from '../../src/http/gateway.ts';
import { Metrics } from '../../src/http/metrics.ts';
import { Readiness } from '../../src/http/readiness.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { TrustedProxies } from '../../src/http/trusted-proxies.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { LIMITS } from '../http/gateway-under-test.ts';

/** The room for callbacks alone, on this store. */
export async function callbackGateway(store: Store): Promise<{ origin: string; close(): Promise<void> }> {
  const watch = new JobWatch(store.jobs);
  const signal = { queued() {}, cancelling() {} };
  const house = buildHouse(store, loadConfig({}), { pages: store.records, watch, signal });
  const log = pino({ enabled: false });
  const readiness = new Readiness(() => store.ping(), Date.now);
  const counts = { jobs: () => store.jobs.countOpen(), webhooks: () => store.webhooks.countOpen() };
  const server = createHttpServer({
    ...{ host: '127.0.0.1', port: 0, limits: LIMITS, readiness, log },
    listener: createGateway({
      rooms: [await callback.mount(house)],
      metrics: new Metrics(new Registry(), counts, Date.now),
      trustedProxies: new TrustedProxies([]),
      ...{ readiness, log },
    }),
  });
  const { host, port } = await server.listen();
  return { origin: `http://${host}:${port}`, close: () => server.close(0) };
}

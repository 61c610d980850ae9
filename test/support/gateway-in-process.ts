import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { nodeSettings, prepareAdministrator } from './jobgate-node.ts';

export interface GatewayInProcess {
  /** Such as `http://127.0.0.1:40000`. */
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A gateway as `jobgate serve` starts it, in the test's own process: for suites that look at nothing but
 * its answers. A process of its own costs 0.7 s of processor time at its start, and there are some thirty. It logs nothing, unless
 * JOBGATE_TEST_LOG_LEVEL says how much.
 */
export async function startGateway(
  url: string,
  settings: Readonly<Record<string, string>>,
  { worker }: { worker: boolean },
): Promise<GatewayInProcess> {
  await prepareAdministrator(url);
  const level = process.env['JOBGATE_TEST_LOG_LEVEL'] ?? 'silent';
  const config = loadConfig({ ...nodeSettings(url), JOBGATE_LOG_LEVEL: level, ...settings });
  const app = await createApp(config, { gateway: true, worker });
  const { url: origin = '' } = await app.start();
  return { origin, port: Number(new URL(origin).port), close: () => app.close() };
}

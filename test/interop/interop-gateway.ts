import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobgateNodes } from '../support/jobgate-node.ts';
import { fillStore } from './interop-store.ts';
import type { Binding } from './toolkit.ts';

const SERVICES = '/clm/services';

export interface InteropGateway {
  /** The URL of the WSDL that has the binding. */
  wsdl(binding: Binding): string;
  /** A folder that goes when it stops. */
  readonly home: string;
  /** Every error it has logged so far, a line an error. */
  errors(): string[];
  stop(): Promise<void>;
}

/** A gateway process of its own on a filled SQLite store, with an account for each user. */
export async function startInteropGateway(
  nodes: JobgateNodes,
  users: readonly string[],
  password: string,
): Promise<InteropGateway> {
  const home = await mkdtemp(join(tmpdir(), 'jobgate-interop-'));
  try {
    const url = `sqlite:${join(home, 'interop.db')}`;
    await fillStore(url, users, password);
    const gateway = await nodes.serve(url, {
      JOBGATE_LOG_LEVEL: 'error',
      // Each program may have a job that runs until it is killed.
      JOBGATE_WORKER_CONCURRENCY: String(2 * users.length),
    });
    return {
      wsdl: (binding) =>
        `${gateway.origin}${SERVICES}/${binding === 'rpc' ? 'LicenseManagerRpc' : 'LicenseManager'}?wsdl`,
      home,
      errors: () => gateway.log.map((line) => JSON.stringify(line)),
      async stop() {
        await gateway.stop();
        await rm(home, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

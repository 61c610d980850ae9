import { pidStatus } from '../e2e/clm-client.ts';
import { RECORD_MESSAGE } from './bare-inserts.ts';
import { clmRequest, tokenElement } from './clm-requests.ts';
import { type Comparison, type Contender, compare } from './comparison.ts';
import { httpLoad } from './http-load.ts';
import { signIn, startJobgate } from './jobgate-server.ts';
import { inTurn, type RecordJobs } from './record-jobs.ts';
import type { BenchOptions } from './scenario.ts';

const FIGURES = [{ name: 'requests/s' }, { name: 'median ms' }, { name: 'p99 ms' }, { name: 'CPU µs' }];
const CLIENTS = [1, 16, 64];

/** `addPersistentIDStatus` by several numbers of clients, into one group and into many. */
export async function recordsOverSoap(
  url: string,
  jobs: RecordJobs,
  { rounds, stretchMs }: BenchOptions,
): Promise<Comparison> {
  const server = await startJobgate(url, {}, 'serve', '--no-worker');
  try {
    const token = tokenElement(await signIn(server));
    const check = (status: number, body: Buffer) => {
      if (status !== 200 || !body.includes('<errorCode>0<')) throw new Error(`answered ${status}: ${body}`);
    };
    const contender = (connections: number, kind: keyof RecordJobs): Contender => {
      const next = inTurn(jobs[kind]);
      const request = () => {
        const { jobId, group } = next();
        const record = pidStatus({ jobId, group, id: 'device-1', errorMessage: RECORD_MESSAGE });
        return clmRequest('addPersistentIDStatus', token + record);
      };
      return {
        name: `${connections} at once, into ${kind} group${kind === 'one' ? '' : 's'}`,
        measure: () => httpLoad(server, { request, connections, ms: stretchMs, check }),
      };
    };
    const contenders = CLIENTS.flatMap((clients) => [contender(clients, 'one'), contender(clients, 'many')]);
    return await compare('`addPersistentIDStatus` over SOAP', FIGURES, contenders, rounds);
  } finally {
    await server.stop();
  }
}

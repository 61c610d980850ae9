import { fileURLToPath } from 'node:url';
import { CLM_PATH } from '../../e2e/clm-client.ts';
import { pageRequest, statusRequest } from '../clm-requests.ts';
import { compareServers, warmUp } from '../compare-servers.ts';
import { markdownTable } from '../markdown-table.ts';
import { checkSamePage, type NamedAnswer } from '../page-answer.ts';
import type { Scenario } from '../scenario.ts';
import { startServer } from '../server-process.ts';
import { type ClmServer, startSoapPeers } from '../start-soap-peers.ts';

const TOKEN = 'x'.repeat(43);
const MEMORY_GATEWAY = fileURLToPath(new URL('../servers/memory-gateway.js', import.meta.url));

/** A job's status, and `listPersistentIDStatusByGroup` from rows that are in memory: jobgate beside other SOAP servers. */
export const soapCodec: Scenario = {
  name: 'soap-codec',
  async run(options) {
    const own = [
      await memoryGateway('jobgate, rows kept', 'kept'),
      await memoryGateway('jobgate, rows new each time', 'fresh'),
    ];
    const peers = await startSoapPeers('memory');
    try {
      const servers = [...own, ...peers.servers];
      await warmUp(servers, (path) => pageRequest(TOKEN, 'bench', 0, 20, path), options);
      const status = {
        title: 'Status of one job',
        request: () => statusRequest(TOKEN, 'bench'),
        servers: own,
        awake: true,
      };
      const tables = [markdownTable(await compareServers(status, options))];
      for (const max of [1, 20, 100, 1_000]) {
        const page = {
          title: `Page of ${max}`,
          request: (path: string) => pageRequest(TOKEN, 'bench', 0, max, path),
          servers,
          awake: true,
          check: (answers: readonly NamedAnswer[]) => checkSamePage(answers, max),
        };
        tables.push(markdownTable(await compareServers(page, options)));
      }
      return [...tables, ...peers.absent.map((line) => `Left out: ${line}.\n`)].join('\n');
    } finally {
      await Promise.all([...own.map(({ server }) => server.stop()), peers.stop()]);
    }
  },
};

async function memoryGateway(name: string, rows: 'kept' | 'fresh'): Promise<ClmServer> {
  const server = await startServer({ command: process.execPath, args: [MEMORY_GATEWAY, rows] });
  return { name, server, path: CLM_PATH };
}

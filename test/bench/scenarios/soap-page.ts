import { CLM_PATH } from '../../e2e/clm-client.ts';
import { BenchDatabase } from '../bench-database.ts';
import { pageRequest } from '../clm-requests.ts';
import { compareServers, warmUp } from '../compare-servers.ts';
import { databaseTime } from '../database-process.ts';
import { signIn, startJobgate } from '../jobgate-server.ts';
import { markdownTable } from '../markdown-table.ts';
import { checkSamePage, type NamedAnswer } from '../page-answer.ts';
import type { Scenario } from '../scenario.ts';
import type { ServerProcess } from '../server-process.ts';
import { type StartedPeers, startSoapPeers } from '../start-soap-peers.ts';

const PAGES = [
  ...[1, 20, 100, 1_000].map((max) => ({ title: `Page of ${max}`, group: 'bench', offset: 0, max })),
  {
    title: 'Page of 100 at offset 10,000 of 1,000,000',
    group: 'large',
    offset: 10_000,
    max: 100,
    reference: 'soap (npm)',
  },
];

/** `listPersistentIDStatusByGroup` from one MariaDB's rows: jobgate beside other SOAP servers, which ask with OFFSET and COUNT(*). */
export const soapPage: Scenario = {
  name: 'soap-page',
  async run(options) {
    const database = await BenchDatabase.create();
    const own: ServerProcess[] = [];
    let peers: StartedPeers | undefined;
    try {
      await database.fillGroup('bench', 1_000);
      await database.fillGroup('large', 1_000_000);
      const jobgate = await startJobgate(database.url);
      own.push(jobgate);
      const forgetful = await startJobgate(database.url, { JOBGATE_KEPT_RECORDS_BYTES: '0' });
      own.push(forgetful);
      const token = await signIn(jobgate);
      peers = await startSoapPeers(database.url);
      const servers = [
        { name: 'jobgate', server: jobgate, path: CLM_PATH },
        { name: 'jobgate, no records kept', server: forgetful, path: CLM_PATH },
        ...peers.servers,
      ];
      await warmUp(servers, (path) => pageRequest(token, 'bench', 0, 20, path), options);
      const time = await databaseTime(database);
      const tables: string[] = [];
      for (const { group, offset, max, ...about } of PAGES) {
        const compared = {
          ...about,
          request: (path: string) => pageRequest(token, group, offset, max, path),
          servers,
          check: (answers: readonly NamedAnswer[]) => checkSamePage(answers, max),
          databaseTime: time,
        };
        tables.push(markdownTable(await compareServers(compared, options)));
      }
      return [...tables, ...peers.absent.map((line) => `Left out: ${line}.\n`)].join('\n');
    } finally {
      await Promise.all([...own.map((server) => server.stop()), peers?.stop()]);
      await database.drop();
    }
  },
};

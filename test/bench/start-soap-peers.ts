import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLM_PATH } from '../e2e/clm-client.ts';
import { CLM_WSDL } from './page-answer.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { SOAP_PEERS, type SoapPeer } from './soap-peers.ts';

/** A server that answers CLM requests at `path`. */
export interface ClmServer {
  readonly name: string;
  readonly server: ServerProcess;
  readonly path: string;
}

export interface StartedPeers {
  readonly servers: readonly ClmServer[];
  /** Those that are not installed, each with what installs it. */
  readonly absent: readonly string[];
  stop(): Promise<void>;
}

/** Starts the SOAP libraries that are installed; `rows` = `memory` or the URL of a job store on MariaDB. */
export async function startSoapPeers(rows: string): Promise<StartedPeers> {
  const present = SOAP_PEERS.filter(({ probe: [command, ...args] }) => spawnSync(command, args).status === 0);
  const absent = SOAP_PEERS.filter((peer) => !present.includes(peer)).map(
    ({ name, install }) => `${name}: not installed (${install})`,
  );
  for (const line of absent) console.warn(`\n*** SKIPPED: ${line} ***\n`);

  const folder = await mkdtemp(join(tmpdir(), 'jobgate-bench-'));
  const wsdl = join(folder, 'clm.wsdl');
  // Of the location, strong-soap compares the path with what is asked for.
  const location = `http://127.0.0.1${CLM_PATH}`;
  await writeFile(wsdl, (await readFile(CLM_WSDL, 'utf8')).replaceAll('@LOCATION@', location));
  const environment = { CLM_ROWS: rows, CLM_WSDL: wsdl };
  const servers = await Promise.all(
    present.map((peer, index) => start(peer, join(folder, String(index)), environment)),
  );
  return {
    servers,
    absent,
    stop: async () => {
      await Promise.all(servers.map(({ server }) => server.stop()));
      await rm(folder, { recursive: true });
    },
  };
}

async function start(
  { name, folder, path, ...peer }: SoapPeer,
  output: string,
  environment: Readonly<Record<string, string>>,
): Promise<ClmServer> {
  await mkdir(output);
  const [command, ...args] = peer.command(output);
  return { name, path, server: await startServer({ command, args, environment, folder }) };
}

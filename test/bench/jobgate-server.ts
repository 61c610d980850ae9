import { fileURLToPath } from 'node:url';
import { ClmClient } from '../e2e/clm-client.ts';
import { ADMIN_PASSWORD } from '../support/jobgate-node.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const CATALOGUE = fileURLToPath(new URL('../../../fixtures/catalogue.json', import.meta.url));

/** `jobgate serve` on a store, or another command, with the defaults that operators have; its log is written and read. */
export function startJobgate(
  url: string,
  environment: Readonly<Record<string, string>> = {},
  command = 'serve',
  ...args: string[]
): Promise<ServerProcess> {
  return startServer({
    command: process.execPath,
    args: [MAIN, command, ...args],
    ...(command === 'worker' && { started: /worker started/ }),
    environment: {
      JOBGATE_PORT: '0',
      JOBGATE_DATABASE_URL: url,
      JOBGATE_ADMIN_PASSWORD: ADMIN_PASSWORD,
      JOBGATE_CATALOGUE: CATALOGUE,
      ...environment,
    },
  });
}

/** A token of the administrator's. */
export async function signIn(server: ServerProcess): Promise<string> {
  return (await new ClmClient(server.origin).login()).token;
}

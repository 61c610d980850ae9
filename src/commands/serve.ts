import { createApp, type Roles, type Started } from '../app.ts';
import type { Config } from '../config.ts';
import { FIRST_ADMINISTRATOR } from '../core/accounts.ts';
import type { Terminal } from './terminal.ts';

/** Runs gateway, worker, or both, until the process is asked to stop. */
export async function serve(config: Config, roles: Roles, terminal: Terminal): Promise<void> {
  const stop = terminal.stopRequested();
  const app = await createApp(config, roles);
  try {
    greet(await app.start(), terminal);
    await stop;
  } finally {
    await app.close();
  }
}

/** To standard error: standard output is the log's. */
function greet({ url, generatedPassword }: Started, { tell }: Terminal): void {
  if (generatedPassword) {
    tell(`first start: the password of ${FIRST_ADMINISTRATOR} is ${generatedPassword} (shown only now)`);
  }
  if (!url) return;
  tell(`WSDL  ${url}/clm/services/LicenseManager?wsdl`);
  tell(`      ${url}/clm/services/LicenseManagerRpc?wsdl for rpc/encoded`);
  tell(
    `try   curl -s '${url}/clm/services/LicenseManager' -H 'Content-Type: text/xml' -d '${loginSample(generatedPassword ?? 'PASSWORD')}'`,
  );
}

function loginSample(password: string): string {
  return (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
    `<login xmlns="http://clm.cisco.com"><user>${FIRST_ADMINISTRATOR}</user><password>${password}</password></login>` +
    '</soap:Body></soap:Envelope>'
  );
}

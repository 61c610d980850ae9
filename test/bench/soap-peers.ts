import { fileURLToPath } from 'node:url';
import { CLM_PATH } from '../e2e/clm-client.ts';

const PEERS = fileURLToPath(new URL('../../../test/bench/peers', import.meta.url));
const NODE = process.execPath;
/** What gunicorn's documentation recommends on two cores, (2 × cores) + 1; PHP's server has as many. */
const WORKERS = '5';

/** A SOAP library that serves `listPersistentIDStatusByGroup`, without a token, as wsdl/clm.wsdl has it. */
export interface SoapPeer {
  readonly name: string;
  /** A command that fails where it is not installed, and what installs it. */
  readonly probe: readonly [string, ...string[]];
  readonly install: string;
  readonly folder: string;
  /** Run in `folder`; `output` is one for what it compiles or keeps. */
  readonly command: (output: string) => readonly [string, ...string[]];
  /** Where the service is. */
  readonly path: string;
}

export const SOAP_PEERS: readonly SoapPeer[] = [
  {
    name: 'soap (npm)',
    probe: ['ls', `${PEERS}/../../../node_modules/soap`],
    install: 'npm install',
    folder: `${PEERS}/node-soap`,
    command: () => [NODE, 'server.js'],
    path: CLM_PATH,
  },
  {
    name: 'strong-soap (npm)',
    probe: ['ls', `${PEERS}/node_modules/strong-soap`],
    install: 'npm install --prefix test/bench/peers',
    folder: `${PEERS}/strong-soap`,
    command: () => [NODE, 'server.js'],
    path: CLM_PATH,
  },
  {
    name: 'PHP SoapServer',
    probe: ['php', '-r', "exit(extension_loaded('soap') && extension_loaded('pdo_mysql') ? 0 : 1);"],
    install: 'Debian packages php-cli, php-soap and php-mysql',
    folder: `${PEERS}/php-soap`,
    command: (output) => [
      ...(['env', `PHP_CLI_SERVER_WORKERS=${WORKERS}`] as const),
      ...['php', '-d', `soap.wsdl_cache_dir=${output}`, '-S', '127.0.0.1:0', 'service.php'],
    ],
    path: CLM_PATH,
  },
  {
    name: 'spyne',
    probe: ['/usr/bin/python3', '-c', 'import gunicorn, MySQLdb, spyne'],
    install: 'Debian packages python3-spyne, python3-mysqldb and gunicorn',
    folder: `${PEERS}/spyne`,
    command: () => ['/usr/bin/gunicorn', '--bind', '127.0.0.1:0', '--workers', WORKERS, 'clm:application'],
    path: CLM_PATH,
  },
  {
    name: 'JAX-WS RI',
    probe: ['ls', '/usr/bin/javac', jar('jaxws-tools'), jar('mariadb-java-client')],
    install: 'Debian packages default-jdk-headless, libjaxws-java and libmariadb-java',
    folder: `${PEERS}/jaxws`,
    command: (output) => ['bash', 'serve.sh', output],
    path: CLM_PATH,
  },
  {
    name: 'Axis 1.4',
    probe: ['ls', '/usr/bin/javac', jar('axis'), jar('mariadb-java-client')],
    install: 'Debian packages default-jdk-headless, libaxis-java and libmariadb-java',
    folder: `${PEERS}/axis`,
    command: (output) => ['bash', 'serve.sh', output],
    path: '/axis/services/LicenseManager',
  },
];

function jar(name: string): string {
  return `/usr/share/java/${name}.jar`;
}

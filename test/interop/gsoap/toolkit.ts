import { existsSync } from 'node:fs';
import { programPath } from '../program-path.ts';
import type { Toolkit } from '../toolkit.ts';

const NEEDED = [
  '/usr/bin/wsdl2h',
  '/usr/bin/soapcpp2',
  '/usr/bin/g++',
  '/usr/include/stdsoap2.h',
  '/usr/include/openssl/ssl.h',
  '/usr/include/zlib.h',
];

export const GSOAP: Toolkit = {
  name: 'gSOAP',
  bindings: ['soap11', 'soap12', 'gzip', 'rpc'],
  install: 'Debian packages g++, gsoap, libgsoap-dev, libssl-dev and zlib1g-dev',
  isInstalled: () => NEEDED.every((path) => existsSync(path)),
  build: ['bash', programPath('gsoap/build.sh')],
  command: ['bash', programPath('gsoap/run.sh')],
  ownFaults: {
    'comment-cleared': 'its rpc stubs take no null text: an empty one goes out',
  },
};

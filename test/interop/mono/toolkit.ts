import { existsSync } from 'node:fs';
import { programPath } from '../program-path.ts';
import type { Toolkit } from '../toolkit.ts';

const NEEDED = [
  '/usr/bin/wsdl',
  '/usr/bin/mcs',
  '/usr/bin/mono',
  '/usr/lib/mono/4.5/System.Web.Services.dll',
];

export const MONO: Toolkit = {
  name: '.NET wsdl.exe',
  bindings: ['soap11', 'soap12', 'rpc'],
  install: 'Debian package mono-devel',
  isInstalled: () => NEEDED.every((path) => existsSync(path)),
  optional: true,
  build: ['bash', programPath('mono/build.sh')],
  command: ['bash', programPath('mono/run.sh')],
  ownFaults: {
    'carriage-return': 'writes a carriage return as it is, not as a reference, and XML makes a newline of it',
  },
};

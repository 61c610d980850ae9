import { existsSync } from 'node:fs';
import { programPath } from '../program-path.ts';
import type { Toolkit } from '../toolkit.ts';

const NEEDED = ['/usr/bin/javac', '/usr/share/java/axis.jar', '/usr/share/java/commons-httpclient.jar'];

export const AXIS: Toolkit = {
  name: 'Axis 1.4',
  bindings: ['soap11', 'soap12', 'utf16', 'chunked', 'rpc'],
  install: 'Debian packages default-jdk-headless, libaxis-java and libcommons-httpclient-java',
  isInstalled: () => NEEDED.every((path) => existsSync(path)),
  build: ['bash', programPath('axis/build.sh')],
  command: ['bash', programPath('axis/run.sh')],
  ownFaults: {
    'carriage-return': 'writes a carriage return as it is, not as a reference, and XML makes a newline of it',
  },
};

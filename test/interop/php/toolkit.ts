import { spawnSync } from 'node:child_process';
import { programPath } from '../program-path.ts';
import type { Toolkit } from '../toolkit.ts';

const INTERPRETER = 'php';

export const PHP: Toolkit = {
  name: 'PHP SoapClient',
  bindings: ['soap11', 'soap12', 'rpc'],
  install: 'Debian packages php-cli and php-soap',
  isInstalled: () => spawnSync(INTERPRETER, ['-r', "exit(extension_loaded('soap') ? 0 : 1);"]).status === 0,
  command: [INTERPRETER, programPath('php/program.php')],
  ownFaults: {},
};

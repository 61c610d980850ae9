import { spawnSync } from 'node:child_process';
import { programPath } from '../program-path.ts';
import type { Toolkit } from '../toolkit.ts';

/** Debian's own Python: another that comes first in PATH has no zeep. */
const PYTHON = '/usr/bin/python3';

export const ZEEP: Toolkit = {
  name: 'zeep',
  bindings: ['soap11', 'soap12', 'rpc'],
  install: 'Debian package python3-zeep',
  isInstalled: () => spawnSync(PYTHON, ['-c', 'import zeep']).status === 0,
  // -B: no compiled files among the sources.
  command: [PYTHON, '-B', programPath('zeep/program.py')],
  ownFaults: {
    'empty-text': 'reads "" as null',
    'page-none': 'reads a structure without members, such as an empty array, as null',
    'null-job': 'in rpc reads a null structure as one whose members are null',
    'null-structure': 'reads a null structure as one whose members are null',
  },
};

import { spawnSync } from 'node:child_process';
import { programPath } from '../program-path.ts';
import type { Toolkit } from '../toolkit.ts';

/** Debian's own Perl: another that comes first in PATH has no SOAP::Lite. */
const PERL = '/usr/bin/perl';

export const SOAP_LITE: Toolkit = {
  name: 'SOAP::Lite',
  bindings: ['soap11', 'soap12', 'rpc'],
  install: 'Debian package libsoap-lite-perl',
  isInstalled: () => spawnSync(PERL, ['-MSOAP::Lite', '-e', '1']).status === 0,
  command: [PERL, programPath('soap-lite/program.pl')],
  ownFaults: {},
};

import { fileURLToPath } from 'node:url';
import type { Toolkit } from '../toolkit.ts';

export const NODE_SOAP: Toolkit = {
  name: 'node-soap',
  bindings: ['soap11', 'soap12', 'rpc'],
  install: 'npm ci',
  isInstalled: () => true,
  command: [process.execPath, fileURLToPath(new URL('./program.js', import.meta.url))],
  ownFaults: {
    'page-none': 'reads a structure without members, such as an empty array, as null',
  },
};

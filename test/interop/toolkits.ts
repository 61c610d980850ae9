import { NODE_SOAP } from './node-soap/toolkit.ts';
import { PHP } from './php/toolkit.ts';
import type { Toolkit } from './toolkit.ts';
import { ZEEP } from './zeep/toolkit.ts';

export const TOOLKITS: readonly Toolkit[] = [PHP, ZEEP, NODE_SOAP];

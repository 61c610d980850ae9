import { AXIS } from './axis/toolkit.ts';
import { GSOAP } from './gsoap/toolkit.ts';
import { MONO } from './mono/toolkit.ts';
import { NODE_SOAP } from './node-soap/toolkit.ts';
import { PHP } from './php/toolkit.ts';
import { SOAP_LITE } from './soap-lite/toolkit.ts';
import type { Toolkit } from './toolkit.ts';
import { ZEEP } from './zeep/toolkit.ts';

export const TOOLKITS: readonly Toolkit[] = [PHP, ZEEP, NODE_SOAP, AXIS, GSOAP, SOAP_LITE, MONO];

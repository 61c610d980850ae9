import { callback } from './callback/index.ts';
import { clm } from './clm/index.ts';
import type { Dialect } from './dialect.ts';
import { protrak } from './protrak/index.ts';
import { pyramid } from './pyramid/index.ts';
import { starfish } from './starfish/index.ts';
import { web3 } from './web3/index.ts';

/** Every room of the house, one line each. */
export const DIALECTS: readonly Dialect[] = [callback, clm, pyramid, protrak, starfish, web3];

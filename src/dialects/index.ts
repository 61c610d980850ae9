import { clm } from './clm/index.ts';
import type { Dialect } from './dialect.ts';

/** Every room of the house, one line each. */
export const DIALECTS: readonly Dialect[] = [clm];

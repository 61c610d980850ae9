import type { Dialect } from '../dialect.ts';
import { WEB3_OPENAPI } from './openapi.ts';
import { web3Room } from './routes.ts';

/** NetworkedPlanet Web3's jobs over REST. */
export const web3: Dialect = {
  name: 'web3',
  mount: web3Room,
  openapi: WEB3_OPENAPI,
};

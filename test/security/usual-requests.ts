import type { HttpRequest, UsualRequest } from './attack-cost.ts';
import { BODY_LIMIT, type GatewayUnderAttack } from './gateway-under-attack.ts';
import { rows, WEB3_JSON } from './rooms.ts';

export const WSDL = '/clm/services/LicenseManager?wsdl';

function get(path: string, headers: Readonly<Record<string, string>>, bytes: number): HttpRequest {
  // What is missing, in a header of the client's own.
  const missing = 'a'.repeat(Math.max(1, bytes - path.length - 200));
  return { method: 'GET', path, headers: { ...headers, 'X-Any': missing } };
}

/** A list of no jobs: the least that a GET with a token asks of a store. */
export const LIST: UsualRequest = {
  kind: 'list',
  build: ({ token }, bytes) => get('/web3/topicmaps/none/jobs', { Authorization: `Bearer ${token}` }, bytes),
};

/** What needs no store, and no token. */
export const OF_WSDL: UsualRequest = { kind: 'WSDL', build: (_, bytes) => get(WSDL, {}, bytes) };

/** The largest body there may be, in fewer rows than an array may have. */
export const LARGEST: UsualRequest = {
  kind: 'largest',
  build: (gateway: GatewayUnderAttack) => {
    const text = 'any text '.repeat(20);
    const row = (index: number) => `{"Id":${index},"Name":"${text}"}`;
    return WEB3_JSON.send(gateway, WEB3_JSON.wrap(`"Rows":[${rows(BODY_LIMIT - 1_000, row, ',')}]`));
  },
};

import { CLM_PATH, envelope, loginContent } from '../e2e/clm-client.ts';
import type { HttpRequest, UsualRequest } from './attack-cost.ts';

/** A request that signs in from `address`, as the proxy says. */
type SignIn = (address: string, username: string, password: string) => HttpRequest;

interface SignInRoom {
  readonly request: SignIn;
  /** What is said of a wrong password, and of nobody's. */
  readonly refusal: { readonly statuses: readonly number[]; readonly text: RegExp };
}

const from = (address: string) => ({ 'X-Forwarded-For': address });

export const signInToPyramid: SignIn = (address, userName, password) => ({
  path: '/API3/authentication/authenticateUser',
  headers: from(address),
  body: JSON.stringify({ userName, password }),
});

export const signInToClm: SignIn = (address, username, password) => {
  const body = envelope('login', loginContent(username, password));
  return { path: CLM_PATH, headers: { 'Content-Type': 'text/xml', ...from(address) }, body };
};

const signInToStarfish: SignIn = (address, username, password) => ({
  path: '/token',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...from(address) },
  body: new URLSearchParams({ grant_type: 'password', username, password }).toString(),
});

/** With each request. */
const signInToWeb3: SignIn = (address, username, password) => ({
  method: 'GET',
  path: '/web3/topicmaps/none/jobs',
  headers: {
    Accept: 'application/json',
    Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    ...from(address),
  },
});

/** Every way to sign in by a password; Protrak has none of its own. */
export const SIGN_INS: Readonly<Record<string, SignInRoom>> = {
  clm: { request: signInToClm, refusal: { statuses: [200, 500], text: /LOGIN_FAILED|<errorCode>12</ } },
  web3: {
    request: signInToWeb3,
    refusal: { statuses: [401], text: /^\{"Status":401,"Message":"the user name/ },
  },
  starfish: { request: signInToStarfish, refusal: { statuses: [400], text: /"invalid_grant"/ } },
  pyramid: { request: signInToPyramid, refusal: { statuses: [401], text: /^\{"error":/ } },
};

/** By a password that is right. */
export const SIGN_IN: UsualRequest = {
  kind: 'sign-in',
  build: () => signInToPyramid('203.0.113.250', 'ann', 'anns password'),
};

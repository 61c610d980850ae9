import { ClmClient } from '../../e2e/clm-client.ts';
import { ask } from './route.ts';

/** The three sign-ins: name and password in, token out. */
export const SIGN_INS = {
  async clm(origin: string, username: string, password: string): Promise<string> {
    return (await new ClmClient(origin).login(username, password)).token;
  },

  async starfish(origin: string, username: string, password: string): Promise<string> {
    const body = new URLSearchParams({ grant_type: 'password', username, password });
    return JSON.parse((await ask(`${origin}/token`, { method: 'POST', body })).text).access_token;
  },

  async pyramid(origin: string, username: string, password: string): Promise<string> {
    const body = JSON.stringify({ userName: username, password });
    return (await ask(`${origin}/API3/authentication/authenticateUser`, { method: 'POST', body })).text;
  },
} as const;

import type { Caller } from '../../core/caller.ts';
import type { Sessions } from '../../core/sessions.ts';
import { type ClmCall, inBand } from './call.ts';
import { type GivenToken, type Status, SUCCESS, type UserToken } from './wire.ts';

const MINUTE_MS = 60_000;

export interface LoginRequest {
  readonly user: string;
  readonly password: string;
  /** Minutes; 0 = permanent, as far as the configuration lets it be. */
  readonly idle_timeout: number;
}

/** Who a token speaks for. Throws INVALID_TOKEN, TOKEN_EXPIRED. */
export async function authenticate(sessions: Sessions, token: GivenToken, call: ClmCall): Promise<Caller> {
  const caller = await sessions.authenticate(token.token, call.request);
  call.username = caller.username;
  return caller;
}

export function sessionOperations(sessions: Sessions) {
  return {
    /** `server_host`, `port` and `eula` told the original where to go; here they are ignored. */
    async login({ user, password, idle_timeout }: LoginRequest, call: ClmCall): Promise<UserToken> {
      const session = await sessions.login({
        username: user,
        password,
        address: call.address,
        realm: 'clm',
        idleMs: Math.max(0, idle_timeout) * MINUTE_MS,
      });
      call.username = session.username;
      return {
        token: session.token,
        username: session.username,
        timeout: Math.floor(session.idleMs / MINUTE_MS),
        sslEnabled: false,
      };
    },

    async logout({ token }: { token: GivenToken }, call: ClmCall): Promise<Status> {
      return inBand(
        call,
        async () => {
          const { username } = await sessions.logout(token.token, call.request);
          call.username = username;
          return SUCCESS;
        },
        (status) => status,
      );
    },
  };
}

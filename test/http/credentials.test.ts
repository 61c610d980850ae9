import { describe, expect, test } from 'vitest';
import { basicCredentials, bearerToken } from '../../src/http/credentials.ts';
import { reply } from '../../src/http/reply.ts';
import { roomWith, startGateway } from './gateway-under-test.ts';
import { send } from './raw-client.ts';

/** What a request with this Authorization header is taken to say. */
async function readFrom(authorization: string | undefined) {
  const room = roomWith((router) => {
    router.get('/who', (ctx) => {
      const read = { bearer: bearerToken(ctx), basic: basicCredentials(ctx) };
      return reply(ctx, { status: 200, contentType: 'application/json', body: JSON.stringify(read) });
    });
  });
  const { port } = await startGateway({ rooms: [room] });
  const headers = authorization === undefined ? {} : { Authorization: authorization };
  return JSON.parse((await send(port, '/room/who', { headers })).body);
}

const basic = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('a bearer token', () => {
  test.each(['Bearer abc-123', 'bearer abc-123', 'BEARER   abc-123'])('is read from "%s"', async (header) => {
    expect(await readFrom(header)).toEqual({ bearer: 'abc-123' });
  });

  test.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearerabc', 'Token abc', 'abc-123'])(
    'is not there in "%s"',
    async (header) => {
      expect(await readFrom(header)).toEqual({});
    },
  );
});

describe('a user name and a password', () => {
  test.each([
    ['plain ones', basic('ann:secret'), 'ann', 'secret'],
    ['a scheme in other case', basic('ann:secret').replace('Basic', 'bAsIc'), 'ann', 'secret'],
    ['a password with colons', basic('ann:a:b:'), 'ann', 'a:b:'],
    ['no password', basic('ann:'), 'ann', ''],
    ['no name', basic(':secret'), '', 'secret'],
    ['UTF-8', basic('ann:grüße €'), 'ann', 'grüße €'],
    ['ISO-8859-1', basic(Buffer.from('ann:grüße', 'latin1')), 'ann', 'grüße'],
    ['no padding', 'Basic YW5uOmE', 'ann', 'a'],
  ])('are read: %s', async (_, header, username, password) => {
    expect(await readFrom(header)).toEqual({ basic: { username, password } });
  });

  test.each([
    ['no colon', basic('ann')],
    ['nothing', 'Basic '],
    ['no base64', 'Basic ann:secret'],
    ['a control character', basic('ann:sec\0ret')],
    ['a line end in the name', basic('an\nn:secret')],
    ['another scheme', basic('ann:secret').replace('Basic', 'Digest')],
  ])('are not there where the header has %s', async (_, header) => {
    expect(await readFrom(header)).toEqual({});
  });
});

import { describe, expect, test } from 'vitest';
import { roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest({ JOBGATE_SESSION_IDLE_MINUTES: '600', JOBGATE_SESSION_HOURS: '2' });

const FORM = 'application/x-www-form-urlencoded';

function logIn(form: string, type = FORM) {
  return room.ask('POST', '/token', { body: form, headers: { 'Content-Type': type }, token: null });
}

describe('a log-in', () => {
  test('gives a bearer token with which the API can be called, and says how long it holds', async () => {
    const { status, json, headers } = await logIn('grant_type=password&username=ann&password=swordfish');
    expect([status, json]).toEqual([
      200,
      // Idle, a session would hold 600 minutes; but none lives longer than 2 hours.
      { access_token: expect.stringMatching(/^[\w-]{43}$/), token_type: 'bearer', expires_in: 7_200 },
    ]);
    expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    const { access_token: token } = json as { access_token: string };
    expect((await room.ask('GET', '/v1/Results/none', { token })).status).toBe(200);
  });

  test('is answered in JSON whatever Accept says, also below /api', async () => {
    const { json } = await room.ask('POST', '/api/token', {
      body: 'grant_type=password&username=ann&password=swordfish&client_id=x&scope=y',
      headers: { 'Content-Type': `${FORM}; charset=utf-8`, Accept: 'application/xml' },
      token: null,
    });
    expect(json).toMatchObject({ token_type: 'bearer' });
  });

  test('leaves no password and no token in the log', async () => {
    const { json } = await logIn('grant_type=password&username=ann&password=swordfish');
    const { access_token: token } = json as { access_token: string };
    expect(room.log.join('')).not.toContain('swordfish');
    expect(room.log.join('')).not.toContain(token);
  });

  test.each([
    ['a wrong password', 'grant_type=password&username=ann&password=wrong'],
    ['an unknown user', 'grant_type=password&username=nobody&password=swordfish'],
    ['a name that nobody can have', 'grant_type=password&username=a+b%3A&password=swordfish'],
  ])('with %s fails', async (_what, form) => {
    const { status, json } = await logIn(form);
    expect([status, json]).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' },
    ]);
  });

  test('that comes too soon after too many that failed says when to try again', async () => {
    for (let count = 0; count < 6; count++) await logIn('grant_type=password&username=eve&password=wrong');
    const { status, json, headers } = await logIn('grant_type=password&username=eve&password=wrong');
    expect([status, json]).toEqual([
      400,
      {
        error: 'invalid_grant',
        error_description: expect.stringMatching(/^too many failed log-ins; try again in \d+ s\.$/),
      },
    ]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

const NEEDS = (name: string) => `The ${name} parameter is required.`;

test.each([
  ['an empty body', '', FORM, 'invalid_request', NEEDS('grant_type')],
  ['no grant_type', 'username=ann&password=swordfish', FORM, 'invalid_request', NEEDS('grant_type')],
  ['no username', 'grant_type=password&password=swordfish', FORM, 'invalid_request', NEEDS('username')],
  [
    'an empty username',
    'grant_type=password&username=&password=x',
    FORM,
    'invalid_request',
    NEEDS('username'),
  ],
  ['no password', 'grant_type=password&username=ann', FORM, 'invalid_request', NEEDS('password')],
  [
    'another grant',
    'grant_type=client_credentials',
    FORM,
    'unsupported_grant_type',
    'The grant_type must be "password".',
  ],
  [
    'a grant in capital letters',
    'grant_type=PASSWORD',
    FORM,
    'unsupported_grant_type',
    'The grant_type must be "password".',
  ],
  [
    'a parameter that comes twice',
    'grant_type=password&grant_type=password',
    FORM,
    'invalid_request',
    'A parameter is there more than once.',
  ],
  [
    'a broken escape',
    'grant_type=%',
    FORM,
    'invalid_request',
    expect.stringContaining('field 1 of the form'),
  ],
  [
    'JSON',
    '{"grant_type":"password"}',
    'application/json',
    'invalid_request',
    `The Content-Type must be ${FORM}.`,
  ],
])('a log-in with %s is refused', async (_what, body, type, error, description) => {
  const { status, json } = await logIn(body, type);
  expect([status, json]).toEqual([400, { error, error_description: description }]);
});

test('a log-in of more than 64 KiB is refused unread: anybody may send one', async () => {
  const { status } = await logIn(`grant_type=password&username=ann&password=${'x'.repeat(65_536)}`);
  expect(status).toBe(413);
});

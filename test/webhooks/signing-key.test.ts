import { createHmac, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SigningKey } from '../../src/webhooks/signing-key.ts';
import { webhookHeaders } from '../../src/webhooks/webhook-headers.ts';

/** Of the Standard Webhooks reference libraries' own tests. */
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  message: { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

function secretOf(bytes: number): string {
  return `whsec_${randomBytes(bytes).toString('base64')}`;
}

describe('a signing key', () => {
  test('signs as the Standard Webhooks libraries do', () => {
    expect(new SigningKey(VECTOR.secret).sign(VECTOR.message)).toBe(VECTOR.signature);
  });

  test('signs the UTF-8 bytes of a body', () => {
    const key = randomBytes(32);
    const body = '{"log":"Zürich 🚀"}';
    const expected = createHmac('sha256', key)
      .update(Buffer.concat([Buffer.from('m.7.'), Buffer.from(body, 'utf8')]))
      .digest('base64');
    const signing = new SigningKey(`whsec_${key.toString('base64')}`);
    expect(signing.sign({ id: 'm', timestamp: 7, body })).toBe(`v1,${expected}`);
  });

  test.each([24, 32, 64])('may have %d bytes, padded or not', (bytes) => {
    const secret = secretOf(bytes);
    const message = VECTOR.message;
    expect(new SigningKey(secret.replace(/=+$/, '')).sign(message)).toBe(
      new SigningKey(secret).sign(message),
    );
  });

  test.each([
    ['too short', secretOf(23)],
    ['too long', secretOf(65)],
    ['without its prefix', VECTOR.secret.slice('whsec_'.length)],
    ['of the asymmetric kind', VECTOR.secret.replace('whsec_', 'whsk_')],
    ['not base64', `${VECTOR.secret}!`],
    ['nothing', 'whsec_'],
  ])('is refused when it is %s, without being repeated', (_, secret) => {
    expect(() => new SigningKey(secret)).toThrow(/^must be "whsec_" and 24 to 64 bytes in base64/);
    expect(() => new SigningKey(secret)).not.toThrow(secret.slice(6) || 'never');
  });

  test('shows itself neither to a log nor to a debugger', () => {
    const key = new SigningKey(VECTOR.secret);
    expect(inspect(key, { depth: 5, showHidden: true }) + JSON.stringify(key)).not.toMatch(/MfKQ9r|Buffer/);
  });
});

describe("a message's head", () => {
  const { id, body } = VECTOR.message;
  const now = VECTOR.message.timestamp * 1000 + 999;

  test('has the id, the time in seconds and the signature', () => {
    expect(webhookHeaders({ id, body }, [new SigningKey(VECTOR.secret)], now)).toEqual({
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
      'User-Agent': 'jobgate',
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': VECTOR.signature,
    });
  });

  test('has a signature for each key, the first one first, while keys change', () => {
    const other = secretOf(32);
    const keys = [VECTOR.secret, other].map((secret) => new SigningKey(secret));
    const second = new SigningKey(other).sign(VECTOR.message);
    expect(webhookHeaders({ id, body }, keys, now)).toMatchObject({
      'webhook-signature': `${VECTOR.signature} ${second}`,
    });
  });

  test('has no signature where there is no key', () => {
    expect(webhookHeaders({ id, body }, [], now)).not.toHaveProperty('webhook-signature');
  });
});

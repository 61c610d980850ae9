import { describe, expect, test } from 'vitest';
import { hashPassword, UNKNOWN_USER_HASH, verifyPassword } from '../../src/core/password.ts';

const hash = await hashPassword('correct horse');
const [, , , , salt, key] = hash.split('$');

describe('a password hash', () => {
  test('says how to verify it: scheme, cost, salt of 16 bytes, key of 32', () => {
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  });

  test('is another one each time', async () => {
    expect(await hashPassword('correct horse')).not.toBe(hash);
  });

  test('verifies the password it was made of', async () => {
    expect(await verifyPassword('correct horse', hash)).toBe(true);
  });

  test.each([
    ['another', 'wrong horse'],
    ['one with more behind it', 'correct horse '],
    ['one in other case', 'Correct horse'],
    ['an empty one', ''],
  ])('does not verify %s', async (_, password) => {
    expect(await verifyPassword(password, hash)).toBe(false);
  });

  test('verifies at the cost it names, so that the cost may rise later', async () => {
    // scrypt's own test vector (RFC 7914, section 12), its first 32 bytes: "password", "NaCl", N = 1024, r = 8, p = 16.
    const vector = Buffer.from('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162', 'hex');
    const cheap = [
      'scrypt',
      1024,
      8,
      16,
      Buffer.from('NaCl').toString('base64url'),
      vector.toString('base64url'),
    ];
    expect(await verifyPassword('password', cheap.join('$'))).toBe(true);
    expect(await verifyPassword('passwort', cheap.join('$'))).toBe(false);
  });

  test('takes other spellings of the same Unicode text for the same password', async () => {
    // Composed and decomposed letters, a ligature and its letters, full-width and plain digits.
    const spelt = await hashPassword('Gr\u00FC\u00DFe o\uFB03ce \uFF11\uFF12');
    expect(await verifyPassword('Gru\u0308\u00DFe office 12', spelt)).toBe(true);
  });

  test('counts every character of a long password', async () => {
    const long = 'x'.repeat(1_023);
    const ofLong = await hashPassword(`${long}y`);
    expect(await verifyPassword(`${long}y`, ofLong)).toBe(true);
    expect(await verifyPassword(`${long}z`, ofLong)).toBe(false);
    expect(await verifyPassword(long, ofLong)).toBe(false);
  });

  test.each([
    ['empty', ''],
    ['of another scheme', '$2b$10$abcdefghijklmnopqrstuv'],
    ['cut off before its key', hash.split('$').slice(0, 5).join('$')],
    ['with an empty key', `scrypt$32768$8$3$${salt}$`],
    ['with a key cut short', hash.slice(0, -4)],
    ['with a cost that is no number', `scrypt$many$8$3$${salt}$${key}`],
    ['with a cost that scrypt cannot have', `scrypt$1000$8$3$${salt}$${key}`],
    ['with a cost of nothing', `scrypt$0$0$0$${salt}$${key}`],
    ['with a cost beyond numbers', `scrypt$${2 ** 60}$8$3$${salt}$${key}`],
  ])('that cannot be read, being %s, verifies nothing', async (_, unreadable) => {
    expect(await verifyPassword('correct horse', unreadable)).toBe(false);
  });
});

describe('the hash that stands in for an unknown user', () => {
  test('is of the form and the cost of a real one, so that it takes as long', () => {
    const form = (text: string) => text.replace(/[\w-]+\$[\w-]+$/, (rest) => rest.replace(/[\w-]/g, '.'));
    expect(form(UNKNOWN_USER_HASH)).toBe(form(hash));
  });

  test('verifies nothing', async () => {
    expect(await verifyPassword('', UNKNOWN_USER_HASH)).toBe(false);
  });
});

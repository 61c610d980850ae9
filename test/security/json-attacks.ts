import { describe, test } from 'vitest';
import { expectRepelled } from './attack.ts';
import { collidingName, fill } from './fill.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';
import { JSON_ROOMS, type JsonRoom } from './rooms.ts';

/** A document, and what is said of it. */
type JsonAttack = readonly [name: string, document: (room: JsonRoom) => string, refused: string];

const member = (text: string) => (room: JsonRoom) => room.wrap(text);
/** Beyond the most that an array, and a document, may have. */
const ITEMS = 100_000;
const VALUES = 501_000;

const ATTACKS: readonly JsonAttack[] = [
  ['arrays in each other', member(`"a":${fill(() => '[')}`), 'levels'],
  ['objects in each other', member(fill(() => '"a":{')), 'levels'],
  ['the end of arrays that never began', member(`"a":${fill(() => ']')}`), 'expected'],
  ['an array of items without end', member(`"a":[${'0,'.repeat(ITEMS)}0]`), 'at most 100000 items'],
  ['an array of arrays without end', member(`"a":[${'[],'.repeat(ITEMS)}[]]`), 'at most 100000 items'],
  ['members without end', member(`${'"":0,'.repeat(VALUES)}"":0`), 'values'],
  ['a string that does not end', member(`"a":"${fill(() => 'a ')}`), 'expected'],
  ['escapes in a string that does not end', member(`"a":"${fill(() => '\\"')}`), 'expected'],
  ['escapes that are none', member(`"a":"${fill(() => '\\x41')}"`), 'expected'],
  ['a control character in a string', member('"a":"\x01"'), 'expected'],
  ['a number in no form of JSON', member('"a":0x7fffffff'), 'expected'],
  ['no number', member('"a":NaN'), 'expected'],
  ['an endless number', member('"a":Infinity'), 'expected'],
  ['a number that begins with nothing', member('"a":-'), 'expected'],
  ['a comment', member('/* any */ "a":0'), 'expected'],
  ['a comma too many', member('"a":0,'), 'expected'],
  ['two documents', (room) => `${room.wrap('"a":0')}${room.wrap('"a":0')}`, 'expected'],
  ['white space without end, and nothing', member(`"a":${fill(() => ' \n')}`), 'expected'],
];

/** In order, as far as JSON goes: taken, or refused as more than a request needs, at a usual price. */
const IN_ORDER: readonly [name: string, member: string][] = [
  ['members whose names have one hash', `${fill((i) => `"${collidingName(i)}":0,`)}"z":0`],
  ['members of one name', `${fill(() => '"a":0,')}"a":0`],
  ['names of what every object has', `${fill(() => '"__proto__":{"constructor":{}},')}"toString":0`],
  ['an overlong name', `"${fill(() => 'a')}":0`],
  ['escapes', `"a":"${fill(() => '\\u0041')}"`],
  ['lone surrogates', `"a":"${fill(() => '\\ud800')}"`],
  ['a number of endless digits', `"a":${fill(() => '9')}`],
  ['a fraction of endless digits', `"a":0.${fill(() => '1')}`],
  ['numbers that no double is', `"a":[${fill(() => '1e999,')}0]`],
  [
    'arrays and objects in each other, as deep as they may be',
    `"a":[${fill(() => `${'[{"a":'.repeat(30)}0${'}]'.repeat(30)},`)}0]`,
  ],
];

/** What parsers of JSON are attacked with, in each room that reads it. */
export function jsonAttacks(gateway: () => GatewayUnderAttack): void {
  describe.each(JSON_ROOMS.map((room) => [room.name, room] as const))('%s', (_, room) => {
    test.each(ATTACKS)('%s', async (_name, document, refused) => {
      const answer = room.refusal(refused);
      const request = room.send(gateway(), document(room));
      await expectRepelled(gateway(), { request, answer, usual: room.usual });
    });

    test.each(IN_ORDER)('without end, in order: %s', async (_name, text) => {
      const request = room.send(gateway(), room.wrap(text));
      await expectRepelled(gateway(), {
        request,
        answer: { statuses: [200, 201, 400], text: /./ },
        usual: room.usual,
      });
    });
  });
}

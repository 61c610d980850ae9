import { describe, test } from 'vitest';
import { expectRepelled } from './attack.ts';
import { collidingName, fill, LARGE_BYTES } from './fill.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';
import { XML_ROOMS, type XmlRoom } from './rooms.ts';

/** A document, and what is said of it. */
type XmlAttack = readonly [name: string, document: (room: XmlRoom) => string, refused: string];

/** Something in a document that is otherwise in order. */
const content = (text: string) => (room: XmlRoom) => room.wrap(text);
const attributes = (text: string) => (room: XmlRoom) => room.wrap('', text);
const dtd = (declarations: string, entity: string) => (room: XmlRoom) =>
  `<!DOCTYPE a [${declarations}]>${room.wrap(`<b>&${entity};</b>`)}`;

const LONG = 'a'.repeat(LARGE_BYTES);
const NO_DTD = 'document type';
const LAUGHS = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const NOWHERE = 'http://127.0.0.1:9/';

const ATTACKS: readonly XmlAttack[] = [
  ['coercive parsing: elements in each other', content(fill(() => '<b>')), 'levels'],
  [
    'coercive parsing: each with a prefix of its own',
    content(fill((i) => `<p${i}:a xmlns:p${i}="urn:p">`)),
    'levels',
  ],
  ['coercive parsing: an end tag for no element', content(fill(() => '</b>')), 'is expected here'],
  ['an array of items without end', content(fill(() => '<b/>', 400_004)), 'more than 100000 elements in'],
  ['attributes without end', content(`<b${fill((i) => ` a${i}=""`)}/>`), 'attributes'],
  [
    'attributes whose names have one hash',
    content(`<b${fill((i) => ` ${collidingName(i)}=""`)}/>`),
    'attributes',
  ],
  ['an attribute twice', attributes(' b="" b=""'), 'twice'],
  [
    'an attribute twice by its namespace',
    attributes(' xmlns:p="urn:p" xmlns:q="urn:p" p:b="" q:b=""'),
    'twice',
  ],
  ['namespace declarations without end', attributes(fill((i) => ` xmlns:p${i}="urn:p"`)), 'attributes'],
  ['an overlong name of an element', content(`<${LONG}/>`), 'name'],
  ['an overlong name of an attribute', content(`<b ${LONG}=""/>`), 'name'],
  ['an overlong prefix', content(`<${LONG}:b/>`), 'name'],
  ['entity expansion, exponential (a billion laughs)', dtd(`<!ENTITY l0 "lol">${LAUGHS}`, 'l9'), NO_DTD],
  ['entity expansion, quadratic', dtd(`<!ENTITY a "${LONG}">`, 'a;&a;&a;&a;&a;&a;&a;&a'), NO_DTD],
  ['entity expansion, circular', dtd('<!ENTITY a "&c;"><!ENTITY c "&a;">', 'a'), NO_DTD],
  [
    "entity expansion in an attribute's default",
    dtd('<!ENTITY a "x"><!ATTLIST b c CDATA "&a;">', 'a'),
    NO_DTD,
  ],
  ['an external entity, of a file', dtd('<!ENTITY a SYSTEM "file:///etc/passwd">', 'a'), NO_DTD],
  ['an external entity, of the network', dtd(`<!ENTITY a SYSTEM "${NOWHERE}">`, 'a'), NO_DTD],
  ['a parameter entity', dtd(`<!ENTITY % a SYSTEM "${NOWHERE}"> %a;`, 'c'), NO_DTD],
  ['an external DTD', ({ wrap }) => `<!DOCTYPE a SYSTEM "${NOWHERE}a.dtd">${wrap('')}`, NO_DTD],
  ['a DTD without end', ({ wrap }) => `<!DOCTYPE a [${fill(() => '<!ENTITY a "b">')}${wrap('')}`, NO_DTD],
  ['an entity that nobody declares', content('<b>&nbsp;</b>'), 'entity'],
  ['a stylesheet', ({ wrap }) => `<?xml-stylesheet href="${NOWHERE}"?>${wrap('')}`, 'processing instruction'],
  ['references to no character', content(`<b>${fill(() => '&#0;')}</b>`), 'no character'],
  ['a reference to an endless number', content(`<b>&#${'9'.repeat(LARGE_BYTES)};</b>`), 'no character'],
  ['half a surrogate pair', content('<b>&#xD800;</b>'), 'no character'],
  ['a control character', content('<b>\x01</b>'), 'character'],
  ['references that do not end', content(`<b>${fill(() => '&b')}</b>`), 'reference|entity'],
  ['comments that do not end', content(fill(() => '<!-- ')), 'comment'],
  ['CDATA sections that do not end', content(fill(() => '<![CDATA[')), 'CDATA'],
  ['CDATA smuggling', content('<b><![CDATA[</b>]]><![CDATA[<c>]]></c>'), 'is expected here'],
  ['white space without end in a tag', content(`<b${fill(() => ' \n')}c/>`), 'no value'],
  ['quotation marks without end', content(`<b ${fill((i) => `a${i}='"' `)}`), 'attributes'],
];

/** In order, as far as XML goes, and within every limit: what is passed over is passed over at a usual price. */
const IN_ORDER: readonly [name: string, content: string][] = [
  ['elements of all the attributes there may be', fill((i) => `<b${fill((j) => ` a${i}-${j}=""`, 2_000)}/>`)],
  [
    'attributes whose names have one hash',
    fill(() => `<b${fill((i) => ` ${collidingName(i)}=""`, 6_000)}/>`),
  ],
  ['an xmlns flood', fill((i) => `<b${fill((j) => ` xmlns:p${i}-${j}="urn:p"`, 4_000)}/>`)],
  [
    'one prefix declared anew at each level',
    fill(() => '<p:b xmlns:p="urn:p">'.repeat(50) + '</p:b>'.repeat(50)),
  ],
  ['references', `<b>${fill(() => '&amp;')}</b>`],
  ['references to characters', `<b>${fill(() => '&#x41;')}</b>`],
  ['comments', fill(() => '<!---->')],
  ['CDATA sections', `<b>${fill(() => '<![CDATA[]]>')}</b>`],
  ['carriage returns', `<b>${fill(() => '\r')}</b>`],
  ['tabs in an attribute', `<b c="${fill(() => '\t')}"/>`],
  ['names of what every object has', fill(() => '<__proto__ constructor=""><toString/></__proto__>')],
];

/** What parsers of XML are attacked with, in each room that reads it. */
export function xmlAttacks(gateway: () => GatewayUnderAttack): void {
  describe.each(XML_ROOMS.map((room) => [room.name, room] as const))('%s', (_, room) => {
    test.each(ATTACKS)('%s', async (_name, document, refused) => {
      const answer = room.refusal(refused);
      const request = room.send(gateway(), document(room));
      await expectRepelled(gateway(), { request, answer, usual: room.usual });
    });

    test.each(IN_ORDER)('without end, in order: %s', async (_name, text) => {
      const request = room.send(gateway(), room.wrap(text));
      // In CLM it is a log-out without a token; in Starfish nothing may be there twice.
      const answer = {
        statuses: [200, 201, 400, 500],
        text: /"Id":|"started":|element is missing|more than once/,
      };
      await expectRepelled(gateway(), { request, answer, usual: room.usual });
    });
  });
}

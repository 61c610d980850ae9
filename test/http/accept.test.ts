import { describe, expect, test } from 'vitest';
import { preferredType } from '../../src/http/accept.ts';
import { processorTime } from '../support/processor-time.ts';

const OFFERED = ['application/json', 'application/xml', 'text/xml'] as const;
const [JSON_TYPE, XML, TEXT_XML] = OFFERED;

describe('of what a room offers, a client gets', () => {
  test.each([
    ['the first where it does not say', undefined, JSON_TYPE],
    ['the first where it says nothing', '', JSON_TYPE],
    ['the first where it says nothing readable', 'json, /, a/b/c, */json, ;q=1', JSON_TYPE],
    ['what it names', 'application/xml', XML],
    ['what it names in other case', 'Application/XML', XML],
    ['what it names with a charset', 'application/xml; charset=utf-8', XML],
    ['what it names among what there is not', 'text/html, application/xml, image/*', XML],
    ['the first for anything', '*/*', JSON_TYPE],
    ['the first for the anything of old Java clients', 'text/html, *; q=.2', JSON_TYPE],
    ['the first of a kind', 'text/*', TEXT_XML],
    ['the first offered where it likes several as well', 'application/xml, application/json', JSON_TYPE],
    ['what it likes best', 'application/json;q=0.5, application/xml;q=0.9, text/xml;q=0.8', XML],
    [
      'what it likes best, written with spaces',
      'application/json ; q = 0.5 , application/xml ; q = 0.9',
      XML,
    ],
    ['what it names rather than what it lets pass', 'application/json;q=0.1, */*;q=0.8', XML],
    [
      'what the narrower range says, wherever it stands',
      '*/*, application/*;q=0.2, application/json;q=0',
      TEXT_XML,
    ],
    ['what it names, where a weight makes no sense', 'application/xml;q=much, application/json;q=0.9', XML],
    ['what it names, where a weight is out of range', 'application/xml;q=7, application/json;q=0.9', XML],
  ])('%s', (_, accept, type) => {
    expect(preferredType(accept, OFFERED)).toBe(type);
  });

  test.each(['text/html', 'application/json;q=0', '*/*;q=0', 'application/*;q=0, text/plain'])(
    'nothing where it asks for %s',
    (accept) => {
      expect(preferredType(accept, OFFERED)).toBeUndefined();
    },
  );

  test('an answer in no time, however long its header is', async () => {
    const taken = await processorTime(() => {
      expect(preferredType('a/b;q=0.1,'.repeat(100_000), OFFERED)).toBeUndefined();
      expect(preferredType(`a/b${';q'.repeat(500_000)}`, OFFERED)).toBeUndefined();
      expect(preferredType(' '.repeat(1_000_000), OFFERED)).toBe(JSON_TYPE);
    });
    expect(taken).toBeLessThan(2_000);
  });
});

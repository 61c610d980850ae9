import { describe, expect, test } from 'vitest';
import { SEARCH_MATCH_TYPE } from '../../../src/dialects/pyramid/enumerations.ts';
import {
  optionalArray,
  optionalBoolean,
  optionalEnum,
  optionalText,
  readId,
  readObject,
  requiredText,
} from '../../../src/dialects/pyramid/reading.ts';

describe('a body that is one id', () => {
  test.each([
    ['a JSON string', '"abc-1"'],
    ['white space around it', ' "abc-1"\r\n'],
    ['no quotes', 'abc-1'],
    ['an object', '{"executionId":"abc-1"}'],
    ['an object with more in it', '{"userId":"ada","executionId":"abc-1"}'],
    ['of members with the same name the last one', '{"executionId":"abc-0","executionId":"abc-1"}'],
  ])('%s', (_, body) => {
    expect(readId(body, 'executionId')).toBe('abc-1');
  });

  test.each([
    ['', 'the body is empty; expected the executionId as a JSON string'],
    [' \n', 'the body is empty; expected the executionId as a JSON string'],
    ['null', 'the body is empty; expected the executionId as a JSON string'],
    ['""', 'the executionId is missing'],
    ['{}', 'executionId is missing'],
    ['{"taskId":"abc-1"}', 'executionId is missing'],
    ['{"executionId":null}', 'executionId is missing'],
    ['{"executionId":1}', 'executionId must be a string'],
    ['{"executionId":["abc-1"]}', 'executionId must be a string'],
    ['["abc-1"]', 'the body is an array; expected the executionId as a JSON string'],
    ['"abc-1', 'line 1, column 7: expected the end of a string'],
    ['{"executionId":', 'line 1, column 16: expected a value'],
    ['"a b"', 'the executionId must be 1 to 64 printable ASCII characters without spaces'],
    ['a b', 'the executionId must be 1 to 64 printable ASCII characters without spaces'],
    ['"é"', 'the executionId must be 1 to 64 printable ASCII characters without spaces'],
    [`"${'x'.repeat(65)}"`, 'the executionId must be 1 to 64 printable ASCII characters without spaces'],
  ])('%j is refused', (body, message) => {
    expect(() => readId(body, 'executionId')).toThrow(message);
  });
});

describe('members of an object', () => {
  test.each([
    ['true', true],
    ['"true"', true],
    ['"True"', true],
    ['false', false],
    ['"false"', false],
    ['null', false],
  ])('a boolean may be %s', (value, expected) => {
    expect(optionalBoolean(readObject(`{"checkTriggers":${value}}`), 'checkTriggers')).toBe(expected);
  });

  test('a boolean that is left out is false', () => {
    expect(optionalBoolean({}, 'checkTriggers')).toBe(false);
  });

  test.each(['1', '0', '"yes"', '""', '[]', '{}'])('a boolean is not %s', (value) => {
    expect(() => optionalBoolean(readObject(`{"checkTriggers":${value}}`), 'checkTriggers')).toThrow(
      'checkTriggers must be true or false',
    );
  });

  test('null is none', () => {
    const object = readObject('{"a":null}');
    expect(optionalText(object, 'a')).toBeUndefined();
    expect(optionalArray(object, 'a')).toEqual([]);
    expect(optionalEnum(object, 'a', SEARCH_MATCH_TYPE)).toBeUndefined();
    expect(() => requiredText(object, 'a')).toThrow('a is missing');
  });

  test('what every object inherits is no member', () => {
    expect(() => requiredText({}, 'toString')).toThrow('toString is missing');
  });

  test('a value that the enumeration has not is refused with those that it has', () => {
    expect(() => optionalEnum({ searchMatchType: 9 }, 'searchMatchType', SEARCH_MATCH_TYPE)).toThrow(
      'searchMatchType must be one of Contains 0, NotContains 1, Equals 2, StartsWith 3, EndsWith 4',
    );
  });
});

test.each([
  ['', 'the body is empty; expected a JSON object'],
  ['[]', 'the body must be a JSON object'],
  ['null', 'the body must be a JSON object'],
  ['"x"', 'the body must be a JSON object'],
  ['{', 'line 1, column 2: expected a member name in double quotes'],
])('%j is not an object', (body, message) => {
  expect(() => readObject(body)).toThrow(message);
});

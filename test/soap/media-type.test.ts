import { describe, expect, test } from 'vitest';
import { readMediaType } from '../../src/soap/media-type.ts';

describe('a charset', () => {
  test.each([
    ['text/xml; charset=utf-8', 'utf-8'],
    ['text/xml; charset="utf-8"', 'utf-8'],
    ["text/xml; charset='utf-8'", 'utf-8'],
    ["text/xml;charset='utf-8';action=x", 'utf-8'],
    ["text/xml; charset=''", undefined],
    ['text/xml; charset=', undefined],
    ['text/xml', undefined],
  ])('of %s is %s', (contentType, charset) => {
    expect(readMediaType(contentType).charset).toBe(charset);
  });
});

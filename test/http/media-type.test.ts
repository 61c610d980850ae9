import { expect, test } from 'vitest';
import { parseMediaType } from '../../src/http/media-type.ts';

test.each([
  ['application/json', { type: 'application/json', charset: undefined }],
  ['Application/JSON', { type: 'application/json', charset: undefined }],
  [' text/xml ; charset=utf-8', { type: 'text/xml', charset: 'utf-8' }],
  ['text/xml; charset="utf-8"', { type: 'text/xml', charset: 'utf-8' }],
  ["text/xml;charset='utf-8';action=x", { type: 'text/xml', charset: 'utf-8' }],
  ['text/xml; action=x; Charset=ISO-8859-1', { type: 'text/xml', charset: 'ISO-8859-1' }],
  ["text/xml; charset=''", { type: 'text/xml', charset: undefined }],
  ['text/xml; charset=', { type: 'text/xml', charset: undefined }],
  ['json', { type: 'json', charset: undefined }],
  ['; charset=utf-8', undefined],
  [' ', undefined],
  ['', undefined],
  [undefined, undefined],
])('the Content-Type %j says %j', (contentType, mediaType) => {
  expect(parseMediaType(contentType)).toEqual(mediaType);
});

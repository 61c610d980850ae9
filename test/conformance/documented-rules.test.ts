import { expect, test } from 'vitest';
import { shown, tested } from './documented-rules.ts';
import { type Case, readDrawer } from './drawer.ts';

const drawer = new Map<string, Case>(
  readDrawer('clm').flatMap(({ name: shelf, cases }) =>
    cases.map((found) => [`${shelf}/${found.name}`, found]),
  ),
);

test('a fixture that is there and says it is a proof', () => {
  expect(shown('working/login', 'HTTP/1.1 200 OK', '<user>lin</user>')(drawer)).toBeUndefined();
});

test('a fixture that has gone, or does not say it any more, is none', () => {
  expect(shown('working/log-in')(drawer)).toBe('there is no fixture working/log-in');
  expect(shown('working/login', '<user>tom</user>')(drawer)).toBe(
    'no message of working/login has <user>tom</user>',
  );
});

test('a test is a proof by its file and the whole of its title', () => {
  const file = 'conformance/documented-rules.test.ts';
  expect(tested(file, 'a test is a proof by its file and the whole of its title')(drawer)).toBeUndefined();
  const half = ['a test is', 'a proof'].join(' ');
  expect(tested(file, half)(drawer)).toBe(`${file} has no test named ${half}`);
});

import { expect, test } from 'vitest';
import { CASES } from './cases.ts';
import { readReport } from './report.ts';

const line = (name: string) => JSON.stringify({ case: name, outcome: 'pass', detail: '' });
const complete = Object.keys(CASES).map(line);

test('a report of every case has no problems', () => {
  const report = readReport(`${complete.join('\n')}\n`);
  expect(report.problems).toEqual([]);
  expect([...report.cases.keys()]).toEqual(Object.keys(CASES));
});

test('a case left out is a problem', () => {
  expect(readReport(complete.slice(1).join('\n')).problems).toEqual(['login is left out']);
});

test('a case told twice is a problem', () => {
  expect(readReport([...complete, line('kill')].join('\n')).problems).toEqual(['kill is reported twice']);
});

test.each([
  line('toString'),
  '{"case":"kill","outcome":"perhaps","detail":""}',
  '{"case":"kill","outcome":"pass"}',
  'Warning: something',
  'null',
])('a line that reports no case of the list is a problem: %s', (stray) => {
  expect(readReport([...complete, stray].join('\n')).problems).toEqual([`not a report of a case: ${stray}`]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/core/job.ts';
import { InvalidRequest } from '../../../src/dialects/starfish/model-state.ts';
import { toExecJobAsyncRequest, toExecJobRequest } from '../../../src/dialects/starfish/run-request.ts';

const VALID = { runID: 'r', projectID: 'p', jobID: 'j' };

const fieldsOf = (members: Record<string, Json>) =>
  new Map(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value]));
const read = (members: Record<string, Json>) => toExecJobAsyncRequest(fieldsOf({ ...VALID, ...members }));

function mistakesOf(act: () => unknown): InvalidRequest['modelState'] {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidRequest) return error.modelState;
    throw error;
  }
  return {};
}

describe('what is left out', () => {
  test('has the defaults of the help page', () => {
    expect(read({})).toEqual({
      ...VALID,
      // "Execute all jobs in the chain? Default: false"
      chainJobs: false,
      // "Defines the verbosity of the log returned. Default: 0"
      loggingLevel: 0,
      argument: null,
      // "Tells the job to skip ahead to this row and start processing. Default: 1"
      beginAtRow: '1',
      // "Job execution will end after processing this row. Default: Process to end of all rows."
      endAfterRow: null,
      // "Number of threads to spawn for processing data into destination. Default: 1"
      threadCount: '1',
      webHookURL: null,
    });
  });

  test('is what null is', () => {
    const nulls = [
      'chainJobs',
      'loggingLevel',
      'argument',
      'beginAtRow',
      'endAfterRow',
      'threadCount',
      'webHookURL',
    ];
    expect(read(Object.fromEntries(nulls.map((name) => [name, null])))).toEqual(read({}));
  });

  test('may not be one of the three IDs, and each is named', () => {
    expect(mistakesOf(() => toExecJobAsyncRequest(new Map()))).toEqual({
      'request.runID': ['The runID field is required.'],
      'request.projectID': ['The projectID field is required.'],
      'request.jobID': ['The jobID field is required.'],
    });
  });
});

test.each<[string, Json, string, unknown]>([
  ['"Required Max length: 36"', 'x'.repeat(36), 'runID', 'x'.repeat(36)],
  ["the sample's run ID, which is no GUID", 'sample string 1', 'runID', 'sample string 1'],
  ['a number for a string', 4711, 'runID', '4711'],
  ['a truth value for a string', true, 'projectID', 'true'],
  ['a truth value as text', ' True ', 'chainJobs', true],
  ['a truth value as XML also writes it', '0', 'chainJobs', false],
  ['a truth value as a number', 1, 'chainJobs', true],
  ['"0=None"', 0, 'loggingLevel', 0],
  ['"1=Low"', '1', 'loggingLevel', 1],
  ['"2=Medium"', 2, 'loggingLevel', 2],
  ['"3=High"', 3, 'loggingLevel', 3],
  ["the sample's loggingLevel", 5, 'loggingLevel', 3],
  ['an argument that is empty', '', 'argument', ''],
  ['an argument of a quotation mark, an angle bracket and an emoji', '"<😀\r\n', 'argument', '"<😀\r\n'],
  ['the longest argument', 'x'.repeat(1_048_576), 'argument', 'x'.repeat(1_048_576)],
  ['a row in a string', ' 007 ', 'beginAtRow', '7'],
  ['a row as a number', 12, 'endAfterRow', '12'],
  ['a thread count', '4', 'threadCount', '4'],
  ['a URL', 'https://example.com/hook?a=b#c', 'webHookURL', 'https://example.com/hook?a=b#c'],
  ['a URL in capital letters', 'HTTP://EXAMPLE.COM', 'webHookURL', 'http://example.com/'],
  ['a URL by address', 'http://127.0.0.1:8080/x', 'webHookURL', 'http://127.0.0.1:8080/x'],
])('%s: %j of %s is read', (_what, value, name, read_) => {
  expect(read({ [name]: value })[name as 'runID']).toEqual(read_);
});

const NUMBER = (name: string, smallest: number) =>
  `The field ${name} must be a whole number between ${smallest} and 2147483647.`;
const NO_URL = 'The webHookURL field is not a valid fully-qualified http or https URL.';
const NO_USER = 'The webHookURL field must not contain a user name or a password.';
const tooLong = (name: string, length: number) =>
  `The field ${name} must be a string or array type with a maximum length of '${length}'.`;

test.each<[string, Json, string]>([
  ...['runID', 'projectID', 'jobID'].flatMap((name): [string, Json, string][] => [
    [name, '', `The ${name} field is required.`],
    [name, ' \t', `The ${name} field is required.`],
    [name, null, `The ${name} field is required.`],
    [name, 'x'.repeat(37), tooLong(name, 36)],
    [name, {}, `Could not convert object to string. Path '${name}'.`],
    [name, ['x'], `Could not convert array to string. Path '${name}'.`],
    [name, '\ud800', `The field ${name} is not well-formed Unicode.`],
    [name, 1e20, `The number in the field ${name} is too large; send it as a string.`],
  ]),
  ['runID', 'a\nb', 'The field runID must not contain control characters.'],
  ['chainJobs', '', "Could not convert string to boolean: . Path 'chainJobs'."],
  ['chainJobs', 'yes', "Could not convert string to boolean: yes. Path 'chainJobs'."],
  ['chainJobs', 2, "Could not convert number to boolean: 2. Path 'chainJobs'."],
  ['chainJobs', {}, "Could not convert object to boolean. Path 'chainJobs'."],
  ['loggingLevel', 'abc', "Could not convert string to integer: abc. Path 'loggingLevel'."],
  ['loggingLevel', '', "Could not convert string to integer: . Path 'loggingLevel'."],
  ['loggingLevel', 1.5, "Could not convert number to integer: 1.5. Path 'loggingLevel'."],
  ['loggingLevel', true, "Could not convert boolean to integer: true. Path 'loggingLevel'."],
  ['loggingLevel', [], "Could not convert array to integer. Path 'loggingLevel'."],
  ['loggingLevel', 3e9, "The integer is too large or too small for an Int32. Path 'loggingLevel'."],
  ['loggingLevel', -1, 'The field loggingLevel must be 0 or more.'],
  ['argument', {}, "Could not convert object to string. Path 'argument'."],
  ['argument', 'a\udc00', 'The field argument is not well-formed Unicode.'],
  ['argument', 'x'.repeat(1_048_577), tooLong('argument', 1_048_576)],
  ...(['beginAtRow', 'endAfterRow'] as const).flatMap((name): [string, Json, string][] => [
    [name, 'sample string 7', NUMBER(name, 0)],
    [name, '', NUMBER(name, 0)],
    [name, '-1', NUMBER(name, 0)],
    [name, 1.5, NUMBER(name, 0)],
    [name, '1e3', NUMBER(name, 0)],
    [name, '2147483648', NUMBER(name, 0)],
    [name, false, NUMBER(name, 0)],
    [name, [], `Could not convert array to string. Path '${name}'.`],
  ]),
  ['threadCount', 'sample string 9', NUMBER('threadCount', 1)],
  ['threadCount', 0, NUMBER('threadCount', 1)],
  ['threadCount', '', NUMBER('threadCount', 1)],
  ['webHookURL', 'sample string 10', NO_URL],
  ['webHookURL', '', NO_URL],
  ['webHookURL', '/hook', NO_URL],
  ['webHookURL', 'ftp://example.com/', NO_URL],
  ['webHookURL', 'http:example.com', NO_URL],
  ['webHookURL', 'http://exa mple.com/', NO_URL],
  ['webHookURL', 'http://example.com/\nX: y', NO_URL],
  ['webHookURL', 'http://[::1/', NO_URL],
  ['webHookURL', 'http://', NO_URL],
  ['webHookURL', 'http://ann:secret@example.com/', NO_USER],
  ['webHookURL', 'http://ann@example.com/', NO_USER],
  ['webHookURL', `http://example.com/${'x'.repeat(2_048)}`, tooLong('webHookURL', 2_048)],
  ['webHookURL', {}, "Could not convert object to string. Path 'webHookURL'."],
])('%s may not be %j', (name, value, mistake) => {
  expect(mistakesOf(() => read({ [name]: value }))).toEqual({ [`request.${name}`]: [mistake] });
});

test('a URL that is too long only once it is escaped is refused too', () => {
  const mistakes = mistakesOf(() => read({ webHookURL: `http://example.com/${'ü'.repeat(1_000)}` }));
  expect(mistakes).toEqual({
    'request.webHookURL': ['The webHookURL field is longer than 2048 characters once it is escaped.'],
  });
});

test('all mistakes of a request are told at once', () => {
  const mistakes = mistakesOf(() => read({ runID: '', chainJobs: 'x', beginAtRow: 'y' }));
  expect(Object.keys(mistakes)).toEqual(['request.runID', 'request.chainJobs', 'request.beginAtRow']);
});

test('any JSON in any member is read, or is a mistake of that member', () => {
  const names = [
    'runID',
    'projectID',
    'jobID',
    'chainJobs',
    'loggingLevel',
    'argument',
    'beginAtRow',
    'webHookURL',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
      const mistakes = mistakesOf(() => read({ [name]: value as Json }));
      expect([[], [`request.${name}`]]).toContainEqual(Object.keys(mistakes));
    }),
  );
});

test('a long value is not repeated whole', () => {
  const [mistake = ''] =
    mistakesOf(() => read({ loggingLevel: 'x'.repeat(5_000) }))['request.loggingLevel'] ?? [];
  expect(mistake.length).toBeLessThan(200);
});

describe('execJobRequest', () => {
  const readSync = (members: Record<string, Json>) => toExecJobRequest(fieldsOf({ ...VALID, ...members }));

  test('has no webHookURL: one that is sent is passed over like any unknown member', () => {
    expect(readSync({ webHookURL: 'sample string 10' })).toEqual(toExecJobRequest(fieldsOf(VALID)));
  });

  test('may name an instance of at most 255 characters, which counts for nothing', () => {
    expect(readSync({ instance: 'x'.repeat(255) })).toEqual(readSync({}));
    expect(mistakesOf(() => readSync({ instance: 'x'.repeat(256) }))).toEqual({
      'request.instance': [tooLong('instance', 255)],
    });
  });
});

import { expect, test } from 'vitest';
import { moduleProgram } from '../support/module-program.ts';
import { describeWorkersOnSqlite } from './describe-workers.ts';

describeWorkersOnSqlite('a job fails with a message that says why', (rig) => {
  async function failureOf(program: string): Promise<string | null> {
    const id = await rig().submit(program, { targets: ['known'] });
    rig().worker();
    const { errorMessage } = await rig().reaches(id, 'failed');
    expect((await rig().outcome(id)).errorMessage).toBe(errorMessage);
    return errorMessage;
  }

  test('what its program threw, without a stack', async () => {
    rig().program('throw', `throw new Error('the licence server said no');`);
    expect(await failureOf('throw')).toBe('the licence server said no');
  });

  test('also when what it threw is no error', async () => {
    rig().program('throw', `throw Object.create(null);`);
    expect(await failureOf('throw')).toBe('the program threw something that cannot be shown');
  });

  test('the catalogue of the worker does not have the program', async () => {
    expect(await failureOf('elsewhere')).toBe(`the worker's catalogue has no program named "elsewhere"`);
  });

  test.each([
    ['is missing', undefined],
    ['is not JavaScript', 'export default ((('],
    ['throws as it is loaded', `throw new Error('/etc/secret')`],
  ])('its module %s: named by the program, not the path', async (_, source) => {
    rig().module('broken', source ?? '');
    if (source === undefined) rig().catalogue.set('broken', moduleProgram('broken', '/nowhere/broken.mjs'));
    expect(await failureOf('broken')).toBe('the program "broken" could not be loaded');
    expect(JSON.stringify(rig().logged)).toContain('broken.mjs');
  });

  test('its module has no default function', async () => {
    rig().module('object', 'export default {};');
    expect(await failureOf('object')).toMatch(/^the program "object" is not a program/);
  });

  test.each([
    ['a BigInt', 'return 1n;', /^the program's result is not something JSON can hold: .*BigInt/],
    ['a function', 'return () => {};', /^the program's result is not something JSON can hold: a function$/],
    [
      'a circle',
      'const a = {}; a.a = a; return a;',
      /^the program's result is not something JSON can hold: .*circular/,
    ],
    ['too large', `return 'é'.repeat(524_288);`, /^the program's result is too large: 1048578 bytes of JSON/],
  ])('its result is %s', async (_, body, message) => {
    rig().program('result', body);
    expect(await failureOf('result')).toMatch(message);
  });
});

describeWorkersOnSqlite('a wrong call throws inside the program', (rig) => {
  const wrong: [call: string, error: RegExp][] = [
    [`progress('1', 2)`, /^TypeError: progress: count must be a number, not string/],
    ['progress(1, NaN)', /^RangeError: progress: target must be a finite number, 0 or more, not NaN/],
    ['progress(-1, 2)', /^RangeError: progress: count must be a finite number, 0 or more, not -1/],
    ['progress(Infinity, 2)', /^RangeError: progress: count/],
    [
      `targetProgress('unknown', 1)`,
      /^RangeError: targetProgress: "unknown" is not one of the job's targets/,
    ],
    [
      `targetProgress('known', 101)`,
      /^RangeError: targetProgress: percent must be a whole number from 0 to 100, not 101/,
    ],
    [`targetProgress('known', 0.5)`, /^RangeError: targetProgress: percent/],
    ['record()', /^TypeError: record: needs an object/],
    [`record({ id: 7, errorCode: 0 })`, /^TypeError: record: id must be a string, not number/],
    [`record({ id: 'a\\nb', errorCode: 0 })`, /^RangeError: record: id must not contain control characters/],
    [
      `record({ id: '😀'.repeat(257), errorCode: 0 })`,
      /^RangeError: record: id must be at most 256 characters/,
    ],
    [`record({ id: '\\ud800', errorCode: 0 })`, /^RangeError: record: id is not well-formed/],
    [`record({ id: 'a' })`, /^TypeError: record: errorCode must be a number, not undefined/],
    [
      `record({ id: 'a', errorCode: 2 ** 31 })`,
      /^RangeError: record: errorCode must be a whole number from -2147483648/,
    ],
    [
      `record({ id: 'a', errorCode: 0, errorMessage: 5 })`,
      /^TypeError: record: errorMessage must be a string/,
    ],
    [
      `record({ id: 'a', errorCode: 0, errorMessage: 'x'.repeat(131_073) })`,
      /^RangeError: record: errorMessage must be/,
    ],
    [`log(0, 'text')`, /^RangeError: log: level must be a whole number from 1 to 3, not 0/],
    ['status(null)', /^TypeError: status must be a string, not null/],
    [`status('x'.repeat(1025))`, /^RangeError: status must be at most 1024 characters/],
    ['rows()', /^TypeError: rows: needs an object/],
    ['rows({ reads: 1 })', /^RangeError: rows: there is no count named "reads"/],
    ['rows({ total: 0.5 })', /^RangeError: rows: total must be a whole number from 0/],
    [`log(1, {})`, /^TypeError: log: text must be a string, not object/],
  ];

  test('with TypeError or RangeError at the call', async () => {
    const calls = wrong.map(([call]) => `() => job.${call}`).join(',\n');
    rig().program(
      'wrong',
      `return [${calls}].map((call) => { try { call(); return 'no error'; } catch (e) { return String(e); } });`,
    );
    const id = await rig().submit('wrong', { targets: ['known'] });
    rig().worker();
    await rig().reaches(id, 'completed');
    const errors = (await rig().outcome(id)).result as string[];
    for (const [index, [call, error]] of wrong.entries()) expect(errors[index], call).toMatch(error);
    expect(await rig().recordIds(id)).toEqual([]);
  });

  test('and values at their limits are accepted', async () => {
    rig().program(
      'limits',
      `job.progress(0, 0.5); job.progress(Number.MAX_VALUE, Number.MAX_VALUE);
       await job.record({ id: '😀'.repeat(256), errorCode: -(2 ** 31), errorMessage: '😀'.repeat(131_072) });
       await job.record({ id: 'b', errorCode: 2 ** 31 - 1, errorMessage: null });
       job.log(3, '');
       job.status('😀'.repeat(1_024)); job.rows({ total: Number.MAX_SAFE_INTEGER });
       return 'x'.repeat(1_048_574);`,
    );
    const id = await rig().submit('limits');
    rig().worker();
    const { progress } = await rig().reaches(id, 'completed');
    expect(progress).toMatchObject({ count: Number.MAX_SAFE_INTEGER, percent: 100 });
    expect(await rig().recordIds(id)).toEqual(['😀'.repeat(256), 'b']);
  });
});

import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

function refusalOf(environment: Record<string, string>): ConfigError {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('a configuration that is wrong in many ways', () => {
  const error = refusalOf({
    JOBGATE_PORT: '70000',
    JOBGATE_LOG_LEVEL: 'loud',
    JOBGATE_DATABASE_URL: 'oracle://scott:tiger@db/orcl',
    JOBGATE_CLM_SINGLE_SESSION: 'maybe',
    JOBGATE_TRUSTED_PROXIES: 'everyone',
    JOBGATE_CATALOGUE: '/nowhere/catalogue.json',
    JOBGATE_PROT: '8080',
  });

  test('has every problem named at once, each by its setting', () => {
    expect(error.problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'JOBGATE_CATALOGUE',
      'JOBGATE_CLM_SINGLE_SESSION',
      'JOBGATE_DATABASE_URL',
      'JOBGATE_LOG_LEVEL',
      'JOBGATE_PORT',
      'JOBGATE_PROT',
      'JOBGATE_TRUSTED_PROXIES',
    ]);
  });

  test('is told as one message, a line a problem', () => {
    expect(error.message.split('\n')).toEqual([
      'the configuration has 7 problem(s):',
      ...error.problems.map((problem) => `  ${problem}`),
    ]);
  });

  test('has no password repeated', () => {
    expect(error.message).not.toContain('tiger');
  });
});

describe('names', () => {
  test.each(['JOBGATE_PROT', 'JOBGATE_', 'JOBGATE_port', 'JOBGATE_toString', 'JOBGATE_TESTS'])(
    '%s is no setting, and is said to be none',
    (name) => {
      expect(refusalOf({ [name]: 'x' }).problems).toEqual([`${name}: there is no such setting`]);
    },
  );

  test('an unknown name is told without its value, which may be a misplaced secret', () => {
    expect(refusalOf({ JOBGATE_ADMIN_PASWORD: 'hunter2' }).message).not.toContain('hunter2');
  });

  test('of other programs and of the test suite are none of our business', () => {
    expect(() => loadConfig({ PATH: '/bin', JOBGATEKEEPER: 'x', JOBGATE_TEST_MYSQL_URL: 'x' })).not.toThrow();
  });
});

import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';
import { SETTINGS, type Settings } from '../../src/settings.ts';

type Name = keyof Settings;

/** Every whole number there is: [setting, least, most, default: 'cores' = as the machine has, null = none]. */
const INTEGERS: readonly (readonly [
  name: Name,
  min: number,
  max: number,
  byDefault: number | 'cores' | null,
])[] = [
  ['JOBGATE_PORT', 0, 65_535, 8_080],
  ['JOBGATE_WORKER_PORT', 0, 65_535, null],
  ['JOBGATE_SESSION_IDLE_MINUTES', 1, 525_600, 1_440],
  ['JOBGATE_SESSION_HOURS', 1, 87_600, 720],
  ['JOBGATE_MAX_BODY_BYTES', 1_024, 1_073_741_824, 10_485_760],
  ['JOBGATE_MAX_BODIES_BYTES', 1_048_576, 68_719_476_736, 268_435_456],
  ['JOBGATE_MAX_HEADER_BYTES', 1_024, 1_048_576, 16_384],
  ['JOBGATE_MAX_CONNECTIONS', 1, 1_000_000, 2_000],
  ['JOBGATE_MAX_CONNECTIONS_PER_ADDRESS', 1, 1_000_000, 500],
  ['JOBGATE_MAX_TOKEN_REQUESTS', 1, 1_000_000, 500],
  ['JOBGATE_REQUEST_SECONDS', 1, 3_600, 60],
  ['JOBGATE_MAX_XML_DEPTH', 8, 10_000, 64],
  ['JOBGATE_MAX_XML_ELEMENTS', 100, 100_000_000, 200_000],
  ['JOBGATE_MAX_XML_ATTRIBUTES', 8, 100_000, 256],
  ['JOBGATE_MAX_XML_NAME_LENGTH', 64, 100_000, 256],
  ['JOBGATE_MAX_JSON_DEPTH', 8, 1_000, 64],
  ['JOBGATE_MAX_JSON_VALUES', 1_000, 100_000_000, 500_000],
  ['JOBGATE_MAX_ARRAY_ITEMS', 100, 100_000_000, 100_000],
  ['JOBGATE_WORKER_CONCURRENCY', 1, 1_024, 'cores'],
  ['JOBGATE_LEASE_SECONDS', 1, 3_600, 15],
  ['JOBGATE_MAX_LOSSES', 1, 1_000, 3],
  ['JOBGATE_KILL_GRACE_MILLISECONDS', 0, 600_000, 1_000],
  ['JOBGATE_DRAIN_SECONDS', 0, 3_600, 10],
  ['JOBGATE_KEPT_RECORDS_BYTES', 0, 17_179_869_184, 33_554_432],
  ['JOBGATE_MAX_JOB_DATA_BYTES', 1_024, 4_294_967_296, 104_857_600],
  ['JOBGATE_PROTRAK_MAX_ARGUMENTS_BYTES', 1_024, 7_340_032, 1_048_576],
  ['JOBGATE_WEB3_MAX_TAKE', 1, 1_000, 100],
];

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('every setting may be left out, and an empty one is left out', () => {
  const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']));
  expect(loadConfig(empty)).toEqual(loadConfig({}));
  expect(loadConfig({})).toMatchObject({
    JOBGATE_HOST: '127.0.0.1',
    JOBGATE_DATABASE_URL: 'sqlite:jobgate.db',
    JOBGATE_ADMIN_PASSWORD: undefined,
    JOBGATE_CATALOGUE: undefined,
    JOBGATE_LOG_LEVEL: 'info',
    JOBGATE_CLM_SINGLE_SESSION: true,
  });
});

test('every setting says what it means', () => {
  for (const { meaning } of Object.values(SETTINGS)) expect(meaning).toMatch(/^\S.{5,}$/);
});

test('the configuration cannot be changed once read', () => {
  expect(Object.isFrozen(loadConfig({}))).toBe(true);
});

describe.each(INTEGERS)('%s', (name, min, max, byDefault) => {
  test('has its default', () => {
    if (byDefault === 'cores') expect(loadConfig({})[name]).toBeGreaterThanOrEqual(2);
    else expect(loadConfig({})[name]).toBe(byDefault ?? undefined);
  });

  test.each([min, max])('may be %d', (value) => {
    expect(loadConfig({ [name]: String(value) })[name]).toBe(value);
  });

  test.each([
    String(min - 1),
    String(max + 1),
    `${max}0000000000000000`,
    '1e3',
    '12abc',
    ' 12',
    '+12',
    '12.5',
    'NaN',
    '١٢',
  ])('may not be "%s"', (given) => {
    expect(problemsOf({ [name]: given })).toEqual([
      `${name}: must be a whole number from ${min} to ${max}, not "${given}"`,
    ]);
  });
});

test('the table above knows every setting that is a number by default', () => {
  const numbers = Object.entries(SETTINGS).filter(([, setting]) => typeof setting.default === 'number');
  const known = INTEGERS.filter(([, , , byDefault]) => byDefault !== null);
  expect(numbers.map(([name]) => name).sort()).toEqual(known.map(([name]) => name).sort());
});

describe('JOBGATE_CLM_SINGLE_SESSION', () => {
  test.each([
    ['true', true],
    ['false', false],
  ])('may be %s', (given, value) => {
    expect(loadConfig({ JOBGATE_CLM_SINGLE_SESSION: given }).JOBGATE_CLM_SINGLE_SESSION).toBe(value);
  });

  test.each(['TRUE', 'yes', '1', 'no', ' true'])('may not be "%s"', (given) => {
    expect(problemsOf({ JOBGATE_CLM_SINGLE_SESSION: given })).toEqual([
      `JOBGATE_CLM_SINGLE_SESSION: must be true or false, not "${given}"`,
    ]);
  });
});

describe('JOBGATE_LOG_LEVEL', () => {
  test.each(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])('may be %s', (level) => {
    expect(loadConfig({ JOBGATE_LOG_LEVEL: level }).JOBGATE_LOG_LEVEL).toBe(level);
  });

  test.each(['INFO', 'verbose', 'warning'])('may not be %s', (level) => {
    expect(problemsOf({ JOBGATE_LOG_LEVEL: level })).toEqual([
      `JOBGATE_LOG_LEVEL: must be one of info, trace, debug, warn, error, fatal, silent, not "${level}"`,
    ]);
  });
});

describe('JOBGATE_DATABASE_URL', () => {
  test.each([
    'sqlite:jobgate.db',
    'sqlite:/var/lib/jobgate/jobgate.db',
    'sqlite::memory:',
    'mysql://jobgate:secret@db:3306/jobgate',
    'mysql://jobgate:s%40cret@[::1]/jobgate',
    'mariadb://jobgate@db/jobgate',
  ])('may be %s', (url) => {
    expect(loadConfig({ JOBGATE_DATABASE_URL: url }).JOBGATE_DATABASE_URL).toBe(url);
  });

  test.each([
    ['another engine', 'postgres://jobgate:hunter2@db/jobgate'],
    ['no file', 'sqlite:'],
    ['no database', 'mysql://jobgate:hunter2@db:3306'],
    ['no database behind the slash', 'mysql://jobgate:hunter2@db:3306/'],
    ['no host', 'mysql:///hunter2'],
    ['a port that is none', 'mysql://jobgate:hunter2@db:port/jobgate'],
    ['an escape that is none', 'mysql://jobgate:hunter2%zz@db/jobgate'],
    ['no scheme', 'jobgate:hunter2@db/jobgate'],
  ])('with %s is refused without its password being repeated', (_, url) => {
    const [problem, ...more] = problemsOf({ JOBGATE_DATABASE_URL: url });
    expect(more).toEqual([]);
    expect(problem).toMatch(
      /^JOBGATE_DATABASE_URL: .*sqlite:PATH or mysql:\/\/user:password@host:port\/name$/,
    );
    expect(problem).not.toContain('hunter2');
  });
});

describe('JOBGATE_ADMIN_PASSWORD', () => {
  test('may be any text of up to 1,024 characters', () => {
    for (const password of ['x', ' two words ', '\u{1F511}'.repeat(1_024)]) {
      expect(loadConfig({ JOBGATE_ADMIN_PASSWORD: password }).JOBGATE_ADMIN_PASSWORD).toBe(password);
    }
  });

  test('that is too long is refused without being repeated', () => {
    expect(problemsOf({ JOBGATE_ADMIN_PASSWORD: 'hunter2'.repeat(200) })).toEqual([
      'JOBGATE_ADMIN_PASSWORD: the password must be at most 1024 characters',
    ]);
  });
});

describe('JOBGATE_TRUSTED_PROXIES', () => {
  test('trusts nobody by default', () => {
    expect(loadConfig({}).JOBGATE_TRUSTED_PROXIES.includes('127.0.0.1')).toBe(false);
  });

  test('trusts the addresses and networks listed, and no other', () => {
    const proxies = loadConfig({
      JOBGATE_TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.1 ,::1,fd00::/8,',
    }).JOBGATE_TRUSTED_PROXIES;
    for (const address of ['10.0.0.1', '10.255.1.2', '127.0.0.1', '::1', 'fd12::3']) {
      expect(proxies.includes(address)).toBe(true);
    }
    for (const address of ['11.0.0.1', '127.0.0.2', '::2', 'fe80::1'])
      expect(proxies.includes(address)).toBe(false);
  });

  test.each([
    'proxy.example',
    '10',
    '10/8',
    '0x7f.1',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '300.1.1.1',
  ])('names the entry "%s", which is neither', (entry) => {
    const problems = problemsOf({ JOBGATE_TRUSTED_PROXIES: `127.0.0.1,${entry}` });
    expect(problems).toEqual([expect.stringMatching(/^JOBGATE_TRUSTED_PROXIES: ".*" is neither /)]);
    expect(problems[0]).toContain(`"${entry}"`);
  });
});

describe('JOBGATE_WEBHOOK_ALLOW', () => {
  test('allows nothing by default', () => {
    expect(loadConfig({}).JOBGATE_WEBHOOK_ALLOW.includesName('localhost')).toBe(false);
  });

  test('may be names, addresses and networks', () => {
    const given = 'hooks.internal, 10.0.0.0/8 ,::1,';
    const allowed = loadConfig({ JOBGATE_WEBHOOK_ALLOW: given }).JOBGATE_WEBHOOK_ALLOW;
    expect(allowed.includesName('hooks.internal')).toBe(true);
    expect(allowed.includesName('localhost')).toBe(false);
  });

  test('names the entry that is neither', () => {
    expect(problemsOf({ JOBGATE_WEBHOOK_ALLOW: 'hooks.internal,10.0.0.0/33' })).toEqual([
      'JOBGATE_WEBHOOK_ALLOW: "10.0.0.0/33" is neither a host name nor an IP address nor a network such as 10.0.0.0/8',
    ]);
  });
});

describe('JOBGATE_WEBHOOK_SECRETS', () => {
  const secret = `whsec_${'QUJD'.repeat(10)}`;

  test('may be one or several', () => {
    const read = (given: string) => loadConfig({ JOBGATE_WEBHOOK_SECRETS: given }).JOBGATE_WEBHOOK_SECRETS;
    expect(read('')).toHaveLength(0);
    expect(read(secret)).toHaveLength(1);
    expect(read(`${secret}, whsec_${'REVG'.repeat(8)}`)).toHaveLength(2);
  });

  test('that is none is refused without being repeated', () => {
    const [problem] = problemsOf({ JOBGATE_WEBHOOK_SECRETS: `${secret},hunter2` });
    expect(problem).toMatch(/^JOBGATE_WEBHOOK_SECRETS: must be "whsec_" and 24 to 64 bytes in base64/);
    expect(problem).not.toMatch(/hunter2|QUJD/);
  });
});

describe('JOBGATE_CORS_ORIGINS', () => {
  test('allows nobody by default', () => {
    expect(loadConfig({}).JOBGATE_CORS_ORIGINS).toEqual([]);
  });

  test.each([
    [
      'https://jobs.example.com, http://localhost:5173,http://[::1]:8080 ,',
      ['https://jobs.example.com', 'http://localhost:5173', 'http://[::1]:8080'],
    ],
    ['*', ['*']],
  ])('may be "%s"', (given, origins) => {
    expect(loadConfig({ JOBGATE_CORS_ORIGINS: given }).JOBGATE_CORS_ORIGINS).toEqual(origins);
  });

  test.each([
    'https://jobs.example.com/',
    'https://jobs.example.com:443',
    'https://Jobs.example.com',
    'https://*.example.com',
    'https://ann@jobs.example.com',
    'jobs.example.com',
    'ftp://jobs.example.com',
    'null',
  ])('names the entry "%s", which no browser would send', (entry) => {
    expect(problemsOf({ JOBGATE_CORS_ORIGINS: `http://localhost,${entry}` })).toEqual([
      `JOBGATE_CORS_ORIGINS: must be origins such as https://jobs.example.com, not "${entry}"`,
    ]);
  });

  test('may not be * beside others', () => {
    expect(problemsOf({ JOBGATE_CORS_ORIGINS: '*,http://localhost' })).toEqual([
      'JOBGATE_CORS_ORIGINS: must be * alone, or origins',
    ]);
  });
});

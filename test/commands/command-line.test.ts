import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/commands/command.ts';
import { parseCommandLine, USAGE } from '../../src/commands/command-line.ts';

const words = (line: string) => line.split(' ').filter(Boolean);

describe('the command line', () => {
  test.each(['help', '--help', '-h', 'serve --help', 'user add --help'])('%j asks for help', (line) => {
    expect(parseCommandLine(words(line))).toBeUndefined();
  });

  test.each([
    ['serve', 'serve', { gateway: true, worker: true }],
    ['serve --no-worker', 'serve', { gateway: true, worker: false }],
    ['--no-worker serve', 'serve', { gateway: true, worker: false }],
    ['worker', 'worker', { gateway: false, worker: true }],
    ['migrate up', 'migrate up', 'up'],
    ['migrate down', 'migrate down', 'down'],
    ['migrate status', 'migrate status', 'status'],
    ['user add ann --password-stdin', 'user add', { username: 'ann', role: 'user' }],
    ['user add ann --role user --password-stdin', 'user add', { username: 'ann', role: 'user' }],
    ['user add ann --role admin --password-stdin', 'user add', { username: 'ann', role: 'admin' }],
    ['user add --password-stdin --role=admin ann', 'user add', { username: 'ann', role: 'admin' }],
    ['--role admin user add ann --password-stdin', 'user add', { username: 'ann', role: 'admin' }],
    ['user list', 'user list', { json: false }],
    ['user list --json', 'user list', { json: true }],
    ['user passwd ann --password-stdin', 'user passwd', { username: 'ann' }],
    ['user disable ann', 'user disable', { username: 'ann', enabled: false }],
    ['user enable ann', 'user enable', { username: 'ann', enabled: true }],
    ['webhook list --state dead', 'webhook list', { state: 'dead', json: false }],
    ['webhook redeliver msg_1', 'webhook redeliver', { id: 'msg_1' }],
    ['user add --password-stdin -- -ann', 'user add', { username: '-ann', role: 'user' }],
  ])('%j is understood', (line, name, args) => {
    expect(parseCommandLine(words(line))).toMatchObject({ name, args });
  });

  test.each([
    ['', 'a command is missing'],
    ['--no-worker', 'a command is missing'],
    ['start', 'there is no command "start"'],
    ['Serve', 'there is no command "Serve"'],
    ['serve now', 'serve does not take "now"'],
    ['worker now', 'worker does not take "now"'],
    ['migrate', 'migrate needs one of up, down, status'],
    ['migrate sideways', 'migrate needs one of up, down, status'],
    ['migrate up now', 'migrate up does not take "now"'],
    ['user', /^user needs one of add\b/],
    ['user add --password-stdin', 'user add needs NAME'],
    ['user remove ann --password-stdin', /^user needs one of add\b/],
    ['user passwd ann', 'the password is read from standard input: give --password-stdin'],
    ['user disable', 'user disable needs NAME'],
    ['user disable ann --json', 'user disable does not take --json'],
    ['user add ann bob --password-stdin', 'user add does not take "bob"'],
    ['user add ann --role user --role admin --password-stdin', '--role may be given once'],
    ['user list --json --json', '--json may be given once'],
    ['user add ann', 'the password is read from standard input: give --password-stdin'],
    ['user add ann --role root --password-stdin', '--role must be one of admin, user'],
    ['user add ann --role --password-stdin', /--role/],
    ['user add ann --password-stdin --role', /--role/],
    ['user add ann --password secret', /Unknown option '--password'/],
    ['user add ann --password-stdin=secret', /--password-stdin/],
    ['serve --port 80', /Unknown option '--port'/],
    ['worker --no-worker', 'worker does not take --no-worker'],
    ['migrate up --no-worker', 'migrate up does not take --no-worker'],
    ['serve --role admin', 'serve does not take --role'],
    ['serve --password-stdin', 'serve does not take --password-stdin'],
    ['user add ann --password-stdin --no-worker', 'user add does not take --no-worker'],
  ])('%j is refused, saying why', (line, message) => {
    const parse = () => parseCommandLine(words(line));
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });

  test.each([
    'jobgate serve [--no-worker] ',
    'jobgate worker ',
    'jobgate migrate up ',
    'jobgate user add NAME [--role admin|user] --password-stdin\n',
  ])('the usage has the line %j', (line) => {
    expect(USAGE).toContain(line);
  });

  test('the README shows the usage as it is', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const commands = USAGE.split('\n\n')[0]?.replace('usage:\n', '').replaceAll(/^ {2}/gm, '    ');
    expect(readme).toContain(`\n\n${commands}\n\n`);
  });
});

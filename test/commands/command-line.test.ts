import { describe, expect, test } from 'vitest';
import { type Command, parseCommandLine, USAGE, UsageError } from '../../src/commands/command-line.ts';

const words = (line: string) => line.split(' ').filter(Boolean);

describe('the command line', () => {
  test.each<[string, Command]>([
    ['help', { name: 'help' }],
    ['--help', { name: 'help' }],
    ['-h', { name: 'help' }],
    ['serve --help', { name: 'help' }],
    ['serve', { name: 'serve', worker: true }],
    ['serve --no-worker', { name: 'serve', worker: false }],
    ['--no-worker serve', { name: 'serve', worker: false }],
    ['worker', { name: 'worker' }],
    ['migrate up', { name: 'migrate', action: 'up' }],
    ['migrate down', { name: 'migrate', action: 'down' }],
    ['migrate status', { name: 'migrate', action: 'status' }],
    ['user add ann --password-stdin', { name: 'user add', username: 'ann', role: 'user' }],
    ['user add ann --role user --password-stdin', { name: 'user add', username: 'ann', role: 'user' }],
    ['user add ann --role admin --password-stdin', { name: 'user add', username: 'ann', role: 'admin' }],
    ['user add --password-stdin --role=admin ann', { name: 'user add', username: 'ann', role: 'admin' }],
    ['user add --password-stdin -- -ann', { name: 'user add', username: '-ann', role: 'user' }],
  ])('%j is understood', (line, command) => {
    expect(parseCommandLine(words(line))).toEqual(command);
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
    ['migrate up now', 'migrate does not take "now"'],
    ['user', 'user needs: add NAME'],
    ['user add --password-stdin', 'user needs: add NAME'],
    ['user remove ann --password-stdin', 'user needs: add NAME'],
    ['user add ann bob --password-stdin', 'user add does not take "bob"'],
    ['user add ann', 'the password is read from standard input: give --password-stdin'],
    ['user add ann --role root --password-stdin', '--role must be one of admin, user'],
    ['user add ann --role --password-stdin', /--role/],
    ['user add ann --password-stdin --role', /--role/],
    ['user add ann --password secret', /Unknown option '--password'/],
    ['user add ann --password-stdin=secret', /--password-stdin/],
    ['serve --port 80', /Unknown option '--port'/],
    ['worker --no-worker', 'worker does not take --no-worker'],
    ['migrate up --no-worker', 'migrate does not take --no-worker'],
    ['serve --role admin', 'serve does not take --role'],
    ['serve --password-stdin', 'serve does not take --password-stdin'],
    ['user add ann --password-stdin --no-worker', 'user does not take --no-worker'],
  ])('%j is refused, saying why', (line, message) => {
    const parse = () => parseCommandLine(words(line));
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });

  test.each([['serve [--no-worker]'], ['worker'], ['migrate up|down|status'], ['user add NAME']])(
    'the usage names %j',
    (command) => {
      expect(USAGE).toContain(`jobgate ${command}`);
    },
  );
});

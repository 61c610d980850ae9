import { ROLES } from '../core/caller.ts';
import { type Command, command, type Option, UsageError } from './command.ts';

// A password in an argument would be seen in the process list and the shell's history.
const PASSWORD_STDIN = {
  type: 'boolean',
  required: 'the password is read from standard input: give --password-stdin',
} as const satisfies Option;

export const USER_COMMANDS: Readonly<Record<string, Command>> = {
  'user add': command({
    says: 'adds an account; the password is the first line of standard input',
    operands: ['NAME'],
    options: { role: { type: 'string', value: ROLES.join('|') }, 'password-stdin': PASSWORD_STDIN },
    read([username], { role: asked = 'user' }) {
      const role = ROLES.find((candidate) => candidate === asked);
      if (!role) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
      return { username, role };
    },
    run: async (config, args, terminal) => (await import('./user-add.ts')).addUser(config, args, terminal),
  }),
  'user list': command({
    says: 'lists the accounts: name, role, disabled or active',
    operands: [],
    options: { json: { type: 'boolean' } },
    read: (_, { json = false }) => ({ json }),
    run: async (config, args, terminal) => (await import('./user-list.ts')).listUsers(config, args, terminal),
  }),
  'user passwd': command({
    says: 'gives an account a new password and ends its sessions',
    operands: ['NAME'],
    options: { 'password-stdin': PASSWORD_STDIN },
    read: ([username]) => ({ username }),
    run: async (config, args, terminal) =>
      (await import('./user-passwd.ts')).changePassword(config, args, terminal),
  }),
  'user disable': command({
    says: 'lets an account log in no more and ends its sessions',
    operands: ['NAME'],
    options: {},
    read: ([username]) => ({ username, enabled: false }),
    run: async (config, args, terminal) =>
      (await import('./user-enable.ts')).enableUser(config, args, terminal),
  }),
  'user enable': command({
    says: 'lets an account log in again',
    operands: ['NAME'],
    options: {},
    read: ([username]) => ({ username, enabled: true }),
    run: async (config, args, terminal) =>
      (await import('./user-enable.ts')).enableUser(config, args, terminal),
  }),
};

import { ROLES } from '../core/caller.ts';
import { type Command, command, UsageError } from './command.ts';

export const USER_COMMANDS: Readonly<Record<string, Command>> = {
  'user add': command({
    says: 'adds an account',
    operands: ['NAME'],
    options: {
      role: { type: 'string', value: ROLES.join('|') },
      // A password in an argument would be seen in the process list and the shell's history.
      'password-stdin': {
        type: 'boolean',
        required: 'the password is read from standard input: give --password-stdin',
      },
    },
    read([username], { role: asked = 'user' }) {
      const role = ROLES.find((candidate) => candidate === asked);
      if (!role) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
      return { username, role };
    },
    run: async (config, args, terminal) => (await import('./user-add.ts')).addUser(config, args, terminal),
  }),
};

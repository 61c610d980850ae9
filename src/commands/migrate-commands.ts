import { type Command, command } from './command.ts';

export const MIGRATE_COMMANDS: Readonly<Record<string, Command>> = {
  'migrate up': migration('up', "brings the store's schema up to date; serve and worker do so by themselves"),
  'migrate down': migration('down', 'takes the newest migration back'),
  'migrate status': migration('status', 'says which migrations are applied and which are pending'),
};

function migration(action: 'up' | 'down' | 'status', says: string): Command {
  return command({
    says,
    operands: [],
    options: {},
    read: () => action,
    run: async (config, _, terminal) => (await import('./migrate.ts')).migrate(config, action, terminal),
  });
}

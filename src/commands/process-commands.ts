import { type Command, command } from './command.ts';

/** Those that run for as long as they are wanted. */
export const PROCESS_COMMANDS: Readonly<Record<string, Command>> = {
  serve: command({
    says: 'gateway and, unless told otherwise, worker in one process',
    operands: [],
    options: { 'no-worker': { type: 'boolean' } },
    read: (_, { 'no-worker': alone }) => ({ gateway: true, worker: !alone }),
    run: async (config, roles, terminal) => (await import('./serve.ts')).serve(config, roles, terminal),
  }),
  worker: command({
    says: 'a worker alone, on the same store',
    operands: [],
    options: {},
    read: () => ({ gateway: false, worker: true }),
    run: async (config, roles, terminal) => (await import('./serve.ts')).serve(config, roles, terminal),
  }),
};

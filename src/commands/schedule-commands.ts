import { type Command, command } from './command.ts';

export const SCHEDULE_COMMANDS: Readonly<Record<string, Command>> = {
  'schedule list': command({
    says: 'lists the schedules, their times and their next runs',
    operands: [],
    options: { json: { type: 'boolean' } },
    read: (_, { json = false }) => ({ json }),
    run: async (config, args, terminal) =>
      (await import('./schedule-list.ts')).listSchedules(config, args, terminal),
  }),
};

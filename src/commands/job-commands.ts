import type { Config } from '../config.ts';
import { JOB_TYPES } from '../core/job.ts';
import { JOB_STATES } from '../core/job-state.ts';
import { type Command, command, UsageError } from './command.ts';
import type { OneJob } from './one-job.ts';
import type { Terminal } from './terminal.ts';

const JSON_OPTION = { type: 'boolean' } as const;

export const JOB_COMMANDS: Readonly<Record<string, Command>> = {
  'job submit': command({
    says: 'queues a job and prints its id',
    operands: ['PROGRAM'],
    options: {
      argument: { type: 'string', value: 'TEXT', multiple: true },
      target: { type: 'string', value: 'ID', multiple: true },
      parameter: { type: 'string', value: 'NAME=VALUE', multiple: true },
      group: { type: 'string', value: 'GROUP' },
      type: { type: 'string', value: JOB_TYPES.join('|') },
      owner: { type: 'string', value: 'USER' },
      json: JSON_OPTION,
    },
    read: ([program], { argument = [], target = [], parameter = [], group, type, owner, json }) => ({
      submission: {
        program,
        group: group ?? null,
        arguments: argument,
        targets: target,
        parameters: parameter.map(readParameter),
        ...(type === undefined ? {} : { type: oneOf('--type', JOB_TYPES, type) }),
      },
      owner,
      json: json ?? false,
    }),
    run: async (config, args, terminal) =>
      (await import('./job-submit.ts')).submitJob(config, args, terminal),
  }),
  'job list': command({
    says: 'lists jobs, the newest first',
    operands: [],
    options: {
      group: { type: 'string', value: 'GROUP' },
      owner: { type: 'string', value: 'USER' },
      state: { type: 'string', value: 'STATE', multiple: true },
      skip: { type: 'string', value: 'N' },
      take: { type: 'string', value: 'N' },
      json: JSON_OPTION,
    },
    read: (_, { group, owner, state, skip = '0', take = '25', json }) => ({
      filter: {
        ...(group === undefined ? {} : { group }),
        ...(owner === undefined ? {} : { owner }),
        ...(state === undefined ? {} : { states: state.map((one) => oneOf('--state', JOB_STATES, one)) }),
      },
      range: { skip: readCount('--skip', skip), take: readCount('--take', take) },
      json: json ?? false,
    }),
    run: async (config, args, terminal) => (await import('./job-list.ts')).listJobs(config, args, terminal),
  }),
  'job show': ofOneJob(
    'shows a job, what went in and came out, and its log',
    async (config, args, terminal) => (await import('./job-show.ts')).showJob(config, args, terminal),
  ),
  'job watch': ofOneJob(
    'follows a job to its end; fails unless it completes',
    async (config, args, terminal) => (await import('./job-watch.ts')).watchJob(config, args, terminal),
  ),
  'job kill': ofOneJob('asks for a job to be stopped', async (config, args, terminal) =>
    (await import('./job-steer.ts')).killJob(config, args, terminal),
  ),
  'job retry': ofOneJob('queues a new job like this one and prints its id', async (config, args, terminal) =>
    (await import('./job-steer.ts')).retryJob(config, args, terminal),
  ),
};

function ofOneJob(
  says: string,
  run: (config: Config, job: OneJob, terminal: Terminal) => Promise<void>,
): Command {
  return command({
    says,
    operands: ['ID'],
    options: { json: JSON_OPTION },
    read: ([id], { json }) => ({ id, json: json ?? false }),
    run,
  });
}

function readParameter(text: string): { name: string; value: string } {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`--parameter needs NAME=VALUE, not "${text}"`);
  return { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function readCount(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${option} needs a whole number, 0 or more, not "${text}"`);
}

function oneOf<T extends string>(option: string, choices: readonly T[], text: string): T {
  const choice = choices.find((candidate) => candidate === text);
  if (!choice) throw new UsageError(`${option} must be one of ${choices.join(', ')}, not "${text}"`);
  return choice;
}

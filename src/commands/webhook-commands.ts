import { WEBHOOK_STATES } from '../core/webhook-store.ts';
import { type Command, command, UsageError } from './command.ts';

export const WEBHOOK_COMMANDS: Readonly<Record<string, Command>> = {
  'webhook list': command({
    says: 'lists webhooks, the newest first, and why the last attempt failed',
    operands: [],
    options: { state: { type: 'string', value: WEBHOOK_STATES.join('|') }, json: { type: 'boolean' } },
    read(_, { state: asked, json = false }) {
      const state = WEBHOOK_STATES.find((candidate) => candidate === asked);
      if (asked !== undefined && !state) {
        throw new UsageError(`--state must be one of ${WEBHOOK_STATES.join(', ')}, not "${asked}"`);
      }
      return { ...(state && { state }), json };
    },
    run: async (config, args, terminal) =>
      (await import('./webhook-list.ts')).listWebhooks(config, args, terminal),
  }),
  'webhook redeliver': command({
    says: 'has a webhook that is dead, or was delivered, sent again now',
    operands: ['ID'],
    options: {},
    read: ([id]) => ({ id }),
    run: async (config, args, terminal) =>
      (await import('./webhook-redeliver.ts')).redeliverWebhook(config, args, terminal),
  }),
};

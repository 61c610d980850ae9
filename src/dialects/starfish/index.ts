import type { Dialect } from '../dialect.ts';
import { STARFISH_OPENAPI } from './openapi.ts';
import { starfishRoom } from './routes.ts';
import { starfishWebhookBody } from './webhook-body.ts';

/** The StarfishETL API, version 1. */
export const starfish: Dialect = {
  name: 'starfish',
  mount: starfishRoom,
  webhookBody: starfishWebhookBody,
  openapi: STARFISH_OPENAPI,
};

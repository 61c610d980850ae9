import type { Answer } from './reply.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';

export function jsonAnswer(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
  return { status, contentType: JSON_TYPE, body: JSON.stringify(value), headers };
}

import type { Answer } from '../../http/reply.ts';
import type { AnswerForm } from './format.ts';
import type { Web3Document } from './representation.ts';
import { PAGE_POLICY, toHtml } from './wire-html.ts';
import { type JsonDates, toJson } from './wire-json.ts';
import { toXml } from './wire-xml.ts';

/** What decides the form of an answer besides its address. */
export const VARY = 'Accept, Content-Type, Authorization';

/** An answer of one document, in the form that was asked for. */
export function documentAnswer(
  status: number,
  document: Web3Document,
  { format, mediaType }: AnswerForm,
  dates: JsonDates,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    contentType: `${mediaType}; charset=utf-8`,
    body: { xml: toXml, html: toHtml, json: (it: Web3Document) => toJson(it, dates) }[format](document),
    headers: {
      Vary: VARY,
      ...(format === 'html' ? { 'Content-Security-Policy': PAGE_POLICY } : {}),
      ...headers,
    },
  };
}

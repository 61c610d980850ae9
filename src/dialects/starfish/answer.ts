import { preferredType } from '../../http/accept.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { reply } from '../../http/reply.ts';
import { writeXmlElement } from '../../xml/xml-writer.ts';
import type { StarfishDocument } from './document.ts';

/** The help page's response formats, the one for clients that do not say first. */
const FORMATS = ['application/json', 'text/json', 'application/xml', 'text/xml'] as const;

/**
 * In the format that Accept asks for; JSON where it asks for none that there is, as ASP.NET does. XML has no
 * declaration: the help page's sample has none, nor does ASP.NET Web API's formatter write one, and there are
 * parsers that take no text with one.
 */
export async function answer(
  ctx: HttpContext,
  status: number,
  document: StarfishDocument,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const type = preferredType(ctx.req.headers.accept, FORMATS) ?? FORMATS[0];
  const body = type.endsWith('json') ? JSON.stringify(document.json()) : writeXmlElement(document.xml());
  await reply(ctx, { status, contentType: `${type}; charset=utf-8`, headers, body });
}

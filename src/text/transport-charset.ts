const CHARSET = /;\s*charset\s*=\s*("[^"]*"|'[^']*'|[^\s;"']*)/i;

/** The charset that a Content-Type names; undefined = it names none. */
export function transportCharset(contentType: string | undefined): string | undefined {
  // Single quotes are no quotes in RFC 9110, but some old clients take them for such; no charset has one in its name.
  return CHARSET.exec(contentType ?? '')?.[1]?.replaceAll(/["']/g, '') || undefined;
}

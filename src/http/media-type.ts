export interface MediaType {
  /** Lower case, such as `application/json`; as it came, whether it is one or not. */
  readonly type: string;
  readonly charset: string | undefined;
}

const CHARSET = /;\s*charset\s*=\s*("[^"]*"|'[^']*'|[^\s;"']*)/i;

/** What a Content-Type says; undefined where it says nothing: there is none, or it is empty. */
export function parseMediaType(contentType: string | undefined): MediaType | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (!contentType || !type) return undefined;
  // Single quotes are no quotes in RFC 9110, but some old clients take them for such; no charset has one in its name.
  const charset = CHARSET.exec(contentType)?.[1]?.replaceAll(/["']/g, '');
  return { type, charset: charset || undefined };
}

import { transportCharset } from '../text/transport-charset.ts';

export interface MediaType {
  /** Lower case, such as `application/json`; as it came, whether it is one or not. */
  readonly type: string;
  readonly charset: string | undefined;
}

/** What a Content-Type says; undefined where it says nothing: there is none, or it is empty. */
export function parseMediaType(contentType: string | undefined): MediaType | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return type ? { type, charset: transportCharset(contentType) } : undefined;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The text that UTF-8 in base64 stands for, white space between the characters left out; undefined = it is none. */
export function decodeBase64Text(content: string): string | undefined {
  const digits = content.replace(/[\t\n\r ]+/g, '');
  if (!BASE64.test(digits)) return undefined;
  try {
    // Each carries a state of its own, which an error would leave behind.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(digits, 'base64'));
  } catch {
    return undefined;
  }
}

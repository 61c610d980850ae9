/** A request in parts, to be mangled. Texts are bytes, one a character. */
export interface RequestDraft {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export function draftOf(request: Buffer): RequestDraft {
  const text = request.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const [requestLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const [method = '', target = '', version = ''] = requestLine.split(' ');
  const fields = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { method, target, version, fields, body: text.slice(end + 4) };
}

/** With the length that its body has, unless that goes in chunks. */
export function bytesOf({ method, target, version, fields, body }: RequestDraft): Buffer {
  const framed = fields.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const all = framed || body === '' ? fields : [...fields, ['Content-Length', '']];
  const lines = all.map(([name = '', value = '']) =>
    name.toLowerCase() === 'content-length' ? `${name}: ${body.length}` : `${name}: ${value}`,
  );
  return Buffer.from(`${[`${method} ${target} ${version}`, ...lines].join('\r\n')}\r\n\r\n${body}`, 'latin1');
}

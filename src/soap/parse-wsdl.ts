import type { WSDL } from 'soap';

export type Definitions = WSDL['definitions'];

/** The attributes that the soap package leaves on its elements, `$` before each name. */
export interface ParsedElement {
  readonly name?: string;
  readonly $name?: string;
  readonly $type?: string;
  readonly $base?: string;
  readonly $ref?: string;
  readonly $nillable?: string;
  readonly $minOccurs?: string;
  readonly $maxOccurs?: string;
  /** Of a message: by a part's name its type, a name where that is of XML Schema. */
  readonly parts?: Readonly<Record<string, ParsedElement | string>>;
  readonly children?: readonly ParsedElement[];
}

/** An operation of the portType. */
export interface ParsedOperation {
  readonly name: string;
  readonly input: ParsedElement;
  readonly output: ParsedElement;
}

/** Parses a WSDL with one portType whose every binding has this style. Throws an Error. */
export async function parseWsdl(
  text: string,
  style: 'document' | 'rpc',
): Promise<{ definitions: Definitions; operations: readonly ParsedOperation[] }> {
  const definitions = await parse(text);
  const [portType, another] = Object.values(definitions.portTypes);
  if (!portType || another) throw new Error('the WSDL must have one portType');
  for (const [name, binding] of Object.entries(definitions.bindings)) {
    if (binding.style !== style) throw new Error(`${name}: only ${STYLES[style]} bindings are read`);
  }
  return {
    definitions,
    operations: Object.entries(portType.methods).map(([name, { input, output }]) => ({
      name,
      input: input as ParsedElement,
      output: output as ParsedElement,
    })),
  };
}

const STYLES = { document: 'document/literal', rpc: 'rpc/encoded' } as const;

async function parse(text: string): Promise<Definitions> {
  // Only now: a process without SOAP is spared it.
  const { WSDL } = await import('./wsdl-reader.ts');
  return new Promise((resolve, reject) => {
    const wsdl = new WSDL(text, '', {});
    wsdl.onReady((error?: Error) => (error ? reject(error) : resolve(wsdl.definitions)));
  });
}

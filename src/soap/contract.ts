import { escapeAttribute } from '../xml/escape.ts';
import { compileDecoder, type Decoder } from './compile-decoder.ts';
import { compileResultEncoder, type ResultEncoder } from './encode-result.ts';
import { readWsdl } from './read-wsdl.ts';
import { checkReadingRules, type ReadingRules } from './reading-rules.ts';

/** What the published WSDL has where the address of the service goes. */
const LOCATION = '@LOCATION@';

/** One operation, ready to use. */
export interface SoapOperation {
  readonly name: string;
  /** From the start of the operation's element to its end: an object with a member for each parameter. */
  readonly decode: Decoder;
  readonly encodeResult: ResultEncoder;
}

/** A WSDL compiled to functions. */
export interface SoapContract {
  readonly targetNamespace: string;
  readonly operations: ReadonlyMap<string, SoapOperation>;
  /** The WSDL's text with the address that its reader can reach. */
  wsdl(location: string): string;
}

/**
 * Compiles a document/literal WSDL once. Throws an Error when the WSDL or the rules hold what
 * the codec has no place for.
 */
export async function compileContract(wsdlText: string, reading: ReadingRules): Promise<SoapContract> {
  const model = await readWsdl(wsdlText);
  checkReadingRules(reading, model);
  const { targetNamespace } = model;
  const pieces = wsdlText.split(LOCATION);
  return {
    targetNamespace,
    operations: new Map(
      model.operations.map((operation) => [
        operation.name,
        {
          name: operation.name,
          decode: compileDecoder(operation.parameters, reading),
          encodeResult: compileResultEncoder(operation, targetNamespace),
        },
      ]),
    ),
    wsdl: (location) => pieces.join(escapeAttribute(location)),
  };
}

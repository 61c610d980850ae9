import { escapeAttribute } from '../xml/escape.ts';
import { type BindingStyle, ENCODED_STYLE, LITERAL_STYLE } from './binding-style.ts';
import { type CompileArray, compileDecoder } from './compile-decoder.ts';
import type { ContractModel } from './contract-model.ts';
import { compileResultEncoder } from './encode-result.ts';
import { compileEncodedArray } from './encoded-array.ts';
import type { EncodedLimits } from './encoded-reader.ts';
import { encodedRequestReader } from './encoded-request.ts';
import { readEncodedWsdl, requireSameInterface } from './read-encoded-wsdl.ts';
import { literalRequestReader, type RequestReader } from './read-request.ts';
import { readWsdl } from './read-wsdl.ts';
import { checkReadingRules, type ReadingRules } from './reading-rules.ts';
import type { SoapOperation } from './soap-operation.ts';
import type { SoapVersion } from './soap-version.ts';

/** What the published WSDL has where the address of the service goes. */
const LOCATION = '@LOCATION@';

/** A WSDL compiled to functions. */
export interface SoapContract {
  /** What its operations were compiled from. */
  readonly model: ContractModel;
  /** Those that it has a port for. */
  readonly versions: readonly SoapVersion[];
  readonly operations: ReadonlyMap<string, SoapOperation>;
  readonly readRequest: RequestReader;
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
  const operations = compileOperations(model, reading, LITERAL_STYLE);
  return {
    model,
    versions: LITERAL_STYLE.versions,
    operations,
    readRequest: literalRequestReader(operations, model.targetNamespace),
    wsdl: wsdlWriter(wsdlText),
  };
}

/**
 * Compiles an rpc/encoded WSDL once. Rpc cannot say of a parameter whether it may be nil, so
 * that is taken from the document/literal contract of the same interface. Throws likewise, and
 * when the two do not have the same operations and types.
 */
export async function compileEncodedContract(
  wsdlText: string,
  { model }: SoapContract,
  reading: ReadingRules,
  limits: EncodedLimits,
): Promise<SoapContract> {
  requireSameInterface(model, await readEncodedWsdl(wsdlText));
  checkReadingRules(reading, model);
  const operations = compileOperations(model, reading, ENCODED_STYLE, compileEncodedArray);
  return {
    model,
    versions: ENCODED_STYLE.versions,
    operations,
    readRequest: encodedRequestReader(operations, model.targetNamespace, limits),
    wsdl: wsdlWriter(wsdlText),
  };
}

function compileOperations(
  { operations, targetNamespace }: ContractModel,
  reading: ReadingRules,
  style: BindingStyle,
  compileArray?: CompileArray,
): ReadonlyMap<string, SoapOperation> {
  return new Map(
    operations.map((operation) => [
      operation.name,
      {
        name: operation.name,
        parameterNames: operation.parameters.members.map(({ name }) => name),
        decode: compileDecoder(operation.parameters, reading, compileArray),
        encodeResult: compileResultEncoder(operation, targetNamespace, style),
      },
    ]),
  );
}

function wsdlWriter(wsdlText: string): (location: string) => string {
  const pieces = wsdlText.split(LOCATION);
  return (location) => pieces.join(escapeAttribute(location));
}

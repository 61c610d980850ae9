import type { Decoder } from './compile-decoder.ts';
import type { ResultEncoder } from './encode-result.ts';

/** One operation of a contract, ready to use. */
export interface SoapOperation {
  readonly name: string;
  /** In the order in which the WSDL has them. */
  readonly parameterNames: readonly string[];
  /** From the start of the operation's element to its end: an object with a member for each parameter. */
  readonly decode: Decoder;
  readonly encodeResult: ResultEncoder;
}

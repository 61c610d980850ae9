import { CharsetError } from '../xml/charset-error.ts';
import { decodeXml } from '../xml/decode-xml.ts';
import { XmlError } from '../xml/xml-error.ts';
import type { XmlLimits } from '../xml/xml-limits.ts';
import { XmlReader } from '../xml/xml-reader.ts';
import type { SoapContract } from './contract.ts';
import type { ResultEncoder } from './encode-result.ts';
import { readEnvelopeStart } from './envelope-reader.ts';
import { InvalidValue } from './invalid-value.ts';
import { readMediaType, UnsupportedMediaType } from './media-type.ts';
import { primeStream } from './primed-stream.ts';
import { SoapFault } from './soap-fault.ts';
import type { SoapOperation } from './soap-operation.ts';
import { faultReply, type SoapReply, soapFaultReply } from './soap-reply.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from './soap-version.ts';

/** The body as it came, decompressed; the transport's Content-Type as it came. */
export interface SoapRequest {
  readonly body: Buffer;
  readonly contentType: string | undefined;
}

/**
 * Does what an operation says. `args` are the parameters by name, checked; the result is
 * encoded by the contract, where an array may also be an AsyncIterable of batches.
 */
export type OperationHandler<C> = (args: never, call: C) => Promise<unknown>;

export interface SoapServiceOptions<C> {
  readonly contract: SoapContract;
  /** One for each operation of the contract, by its name. */
  readonly operations: Readonly<Record<string, OperationHandler<C>>>;
  /** The fault for whatever a handler threw that is no SoapFault. */
  readonly toFault: (error: unknown) => SoapFault;
  readonly limits: XmlLimits;
}

/** Answers requests to one contract. `C` is what a handler is told of the call, apart from its parameters. */
export class SoapService<C> {
  readonly #contract: SoapContract;
  readonly #handlers: ReadonlyMap<string, OperationHandler<C>>;
  readonly #toFault: (error: unknown) => SoapFault;
  readonly #limits: XmlLimits;

  /** Throws when the handlers are not exactly the contract's operations. */
  constructor({ contract, operations, toFault, limits }: SoapServiceOptions<C>) {
    const unserved = [...contract.operations.keys()].filter((name) => !Object.hasOwn(operations, name));
    const unknown = Object.keys(operations).filter((name) => !contract.operations.has(name));
    if (unserved.length > 0) throw new Error(`operations without a handler: ${unserved.join(', ')}`);
    if (unknown.length > 0) throw new Error(`handlers for no operation: ${unknown.join(', ')}`);
    this.#contract = contract;
    this.#handlers = new Map(Object.entries(operations));
    this.#toFault = toFault;
    this.#limits = limits;
  }

  /** Never throws. A streamed body may fail later, once part of it is on its way. */
  async handle(request: SoapRequest, call: C): Promise<SoapReply> {
    const progress: Progress = { hint: SOAP_1_1 };
    try {
      const { version, operation, args } = this.#decode(request, progress);
      const result = await this.#handlers.get(operation.name)?.(args as never, call);
      const encoded = operation.encodeResult(version, result);
      return {
        status: 200,
        contentType: version.contentType,
        body: isWhole(encoded) ? encoded : await primeStream(encoded),
        operation: operation.name,
        fault: null,
      };
    } catch (error) {
      return this.#failed(error, progress);
    }
  }

  #decode(
    request: SoapRequest,
    progress: Progress,
  ): { version: SoapVersion; operation: SoapOperation; args: unknown } {
    const { type, charset } = readMediaType(request.contentType);
    const { versions, readRequest } = this.#contract;
    if (type === 'application/soap+xml') progress.hint = SOAP_1_2;
    const reader = new XmlReader(decodeXml(request.body, charset), this.#limits);
    const version = readEnvelopeStart(reader, versions);
    if (!version) throw new NoSoap(`the root element is ${reader.localName}; expected a SOAP envelope`);
    progress.version = version;
    const { operation, args } = readRequest(reader, version, ({ name }) => {
      progress.operation = name;
    });
    return { version, operation, args };
  }

  #failed(error: unknown, { hint, version, operation }: Progress): SoapReply {
    if (error instanceof UnsupportedMediaType) return faultReply(415, clientFault(error), hint);
    if (error instanceof CharsetError) {
      return faultReply(error.reason === 'unsupported' ? 415 : 400, clientFault(error), hint);
    }
    const fault = this.#faultOf(error);
    if (version) return { ...soapFaultReply(version, fault, operation ?? null), cause: error };
    if (fault.code === 'VersionMismatch') return soapFaultReply(SOAP_1_1, fault, null);
    return faultReply(400, fault, hint);
  }

  #faultOf(error: unknown): SoapFault {
    if (error instanceof SoapFault) return error;
    if (error instanceof XmlError || error instanceof InvalidValue || error instanceof NoSoap)
      return clientFault(error);
    try {
      return this.#toFault(error);
    } catch {
      return new SoapFault('Server', 'internal error');
    }
  }
}

/** How far a request was understood when something went wrong: it decides what the answer looks like. */
interface Progress {
  /** The version that the Content-Type points to; the envelope's own counts for more. */
  hint: SoapVersion;
  version?: SoapVersion;
  operation?: string;
}

/** Well-formed, but no envelope. */
class NoSoap extends Error {}

function isWhole(encoded: ReturnType<ResultEncoder>): encoded is string | Uint8Array {
  return typeof encoded === 'string' || encoded instanceof Uint8Array;
}

function clientFault(error: Error): SoapFault {
  return new SoapFault('Client', error.message);
}

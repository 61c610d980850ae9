import { encodeFault, faultStatus } from './encode-fault.ts';
import type { SoapFault } from './soap-fault.ts';
import { SOAP_1_1, type SoapVersion } from './soap-version.ts';

/** What to answer over HTTP. */
export interface SoapReply {
  readonly status: number;
  readonly contentType: string;
  /** In pieces when a result is streamed; a reader that stops early must call `return`, as `for await` does. */
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** The operation that was asked for; null = none that the contract has. */
  readonly operation: string | null;
  /** As `Client` or `Server.userException`, one of few; null = no fault. For logs and metrics. */
  readonly fault: string | null;
  /** What the fault was made from. For logs: it may say more than the caller is told. */
  readonly cause?: unknown;
}

/**
 * Answers a request that went wrong before SOAP came into it, such as a body that is too
 * large (413), or in an encoding that nobody reads (415).
 */
export function faultReply(status: number, fault: SoapFault, version: SoapVersion = SOAP_1_1): SoapReply {
  return {
    status,
    contentType: version.contentType,
    body: encodeFault(version, fault),
    operation: null,
    fault: fault.qualifiedCode,
  };
}

/** Answers a request in the version of SOAP that it was made in, with the status that the version prescribes. */
export function soapFaultReply(version: SoapVersion, fault: SoapFault, operation: string | null): SoapReply {
  return { ...faultReply(faultStatus(version, fault), fault, version), operation };
}

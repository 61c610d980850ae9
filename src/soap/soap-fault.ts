/** Whose fault it is, in SOAP 1.1's words; 1.2 calls the first two Sender and Receiver. */
export type FaultCode = 'Client' | 'Server' | 'VersionMismatch' | 'MustUnderstand';

/** A header entry that had to be understood and was not. */
export interface HeaderName {
  readonly namespace: string;
  readonly localName: string;
}

/** A fault to answer with. Its message reaches the caller as it is. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';
  readonly code: FaultCode;
  /** What Axis puts behind the code, as `userException` in `Server.userException`; null = nothing. */
  readonly subcode: string | null;
  /** Which header entry a MustUnderstand fault is about. */
  readonly notUnderstood: HeaderName | null;

  constructor(code: FaultCode, message: string, more: { subcode?: string; notUnderstood?: HeaderName } = {}) {
    super(message);
    this.code = code;
    this.subcode = more.subcode ?? null;
    this.notUnderstood = more.notUnderstood ?? null;
  }

  /** As `Client` or `Server.userException`: one of few, so fit for a metric's label. */
  get qualifiedCode(): string {
    return this.subcode === null ? this.code : `${this.code}.${this.subcode}`;
  }
}

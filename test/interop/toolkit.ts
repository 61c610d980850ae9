import type { CaseName } from './cases.ts';

/** How a client speaks: the WSDL's port that it uses, and in what form it sends. */
export const BINDINGS = {
  soap11: 'SOAP 1.1',
  soap12: 'SOAP 1.2',
  rpc: 'rpc/encoded',
  utf16: 'SOAP 1.1 in UTF-16',
  chunked: 'SOAP 1.1 in chunks of HTTP/1.1',
  gzip: 'SOAP 1.1 compressed',
} as const;

export type Binding = keyof typeof BINDINGS;

/** One SOAP toolkit, in a folder of its own beside its program. */
export interface Toolkit {
  readonly name: string;
  /** Those it can speak. */
  readonly bindings: readonly Binding[];
  /** How to install what it needs, for who finds it missing. */
  readonly install: string;
  /** Too large for CI: it is run where it is installed, and nowhere missed. */
  readonly optional?: true;
  /** Whether what it needs is on this machine. */
  isInstalled(): boolean;
  /**
   * Compiles the program, where it must be: an executable and its first arguments. It is given two
   * more: an empty folder, and the URL of the WSDL to make the stubs from.
   */
  readonly build?: readonly [string, ...string[]];
  /**
   * The program: an executable and its first arguments. It is given the folder of `build`, if there
   * is one, and four more: WSDL URL, binding, user and password. It runs every case and prints one JSON line for each on standard output:
   * `{"case": NAME, "outcome": "pass" | "fail" | "toolkit", "detail": TEXT}`.
   */
  readonly command: readonly [string, ...string[]];
  /**
   * What the toolkit itself gets wrong. Only of these may a program report `toolkit`, with the
   * bytes in `detail` that show that the gateway was right.
   */
  readonly ownFaults: Readonly<Partial<Record<CaseName, string>>>;
}

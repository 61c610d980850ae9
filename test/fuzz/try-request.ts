import type { JobgateNode } from '../support/jobgate-node.ts';
import { problemOf } from './judge.ts';
import type { MangledRequest } from './mangled-request.ts';
import { sendBytes } from './send-bytes.ts';

export interface Trial {
  /** What is wrong with what became of the request; undefined = nothing. */
  readonly problem: string | undefined;
  /** The answer's; `none` where there was none. */
  readonly status: string;
}

/** Sends a request to a gateway that logs nothing but errors. */
export async function tryRequest(node: JobgateNode, request: MangledRequest): Promise<Trial> {
  const logged = node.stdout.length;
  const exchange = await sendBytes(node.port, request.bytes, request.framed);
  const status = exchange.answers[0]?.statusLine.slice(9, 12) ?? 'none';
  if (node.exit)
    return { status, problem: `the gateway is gone: ${node.exit.signal} ${node.stderr.slice(-500)}` };
  return { status, problem: problemOf(request, exchange) ?? loggedProblem(node.stdout.slice(logged)) };
}

/** Of the first error that was logged meanwhile what it was, without where: the problem is kept. */
function loggedProblem(log: string): string | undefined {
  const [, type, message] = /"err":\{"type":"(\w+)","message":"((?:[^"\\]|\\.)*)"/.exec(log) ?? [];
  return log === ''
    ? undefined
    : `logged as an error of ours: ${type ?? 'no error'}: ${message ?? 'see the log'}`;
}

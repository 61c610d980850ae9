import type { RawResponse } from '../support/read-answers.ts';
import type { MangledRequest } from './mangled-request.ts';
import { formProblem } from './room-forms.ts';
import type { Exchange } from './send-bytes.ts';

/** What is wrong with how the gateway took a request; undefined = nothing. */
export function problemOf({ bytes, framed }: MangledRequest, exchange: Exchange): string | undefined {
  const { ended, answers, rest } = exchange;
  const [answer] = answers;
  if (ended === 'late') return 'no answer in time';
  if (!answer) return framed ? `closed without an answer: ${rest.toString('latin1', 0, 80)}` : undefined;
  if (bytes.toString('latin1', 0, 5) === 'HEAD ') return undefined;
  const problem = answerProblem(bytes, framed, answer);
  return problem && `${problem}: ${answer.statusLine}, ${answer.body.toString('latin1', 0, 300)}`;
}

function answerProblem(bytes: Buffer, framed: boolean, answer: RawResponse): string | undefined {
  const target = targetOf(bytes);
  // What never became a request is answered by no room.
  const type = answer.headers.get('content-type') ?? '';
  const below = type.startsWith('text/plain') && /^HTTP\/1\.1 (4(00|08|13|31)|501) /.test(answer.statusLine);
  if (below && (!framed || target === undefined || answer.headers.get('connection') === 'close')) {
    return /^[A-Z][A-Za-z ]+\n$/.test(answer.body.toString()) ? undefined : formProblem('', answer);
  }
  return target === undefined ? undefined : formProblem(target, answer);
}

/** The path that a request asks for, query left out; undefined where it is none that we can tell. */
function targetOf(bytes: Buffer): string | undefined {
  const line = bytes.toString('latin1', 0, bytes.indexOf('\r\n'));
  const [, target = ''] = /^[A-Z]+ (\S+) HTTP\/1\.[01]$/.exec(line) ?? [];
  return target.startsWith('/') ? target.replace(/[?#].*$/s, '') : undefined;
}

import { checkResult, LARGEST_RESULT } from '../../core/report-checks.ts';
import { failed, type RunEnd } from '../program-run.ts';
import type { EndpointAnswer } from './post-job.ts';

/** Characters of an endpoint's own words in a failure's message. */
const LONGEST_EXCERPT = 500;

/** The end that an answer means; `accepted`: the endpoint will call back. */
export function readAnswer({ status, body }: EndpointAnswer): RunEnd | 'accepted' {
  if (status === 202) return 'accepted';
  if (status === 204) return { kind: 'returned', result: null };
  if (status === 200) return readResult(body);
  if (status >= 300 && status < 400) {
    return failed(`the endpoint answered ${status}; redirects are not followed`);
  }
  const words = excerpt(body);
  return failed(`the endpoint answered ${status}${words && `: ${words}`}`);
}

function readResult(body: Buffer): RunEnd {
  if (body.length === 0) return { kind: 'returned', result: null };
  if (body.length > LARGEST_RESULT) {
    return failed(`the endpoint's answer is too large: at most ${LARGEST_RESULT} bytes of JSON are kept`);
  }
  let result: unknown;
  try {
    result = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return failed(`the endpoint's answer is not JSON: ${JSON.stringify(excerpt(body))}`);
  }
  return asStored(result);
}

/** Written by us it may be longer (`1e20`), or too deep to be written at all, which JSON.parse takes at any depth. */
function asStored(result: unknown): RunEnd {
  try {
    return { kind: 'returned', result: checkResult("the endpoint's answer", result) };
  } catch (error) {
    return failed((error as Error).message);
  }
}

/** What the endpoint said of its error: the usual members of a JSON answer, else the text. */
function excerpt(body: Buffer): string {
  const text = messageIn(body) ?? body.toString();
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_EXCERPT ? line : `${line.slice(0, LONGEST_EXCERPT).toWellFormed()}…`;
}

function messageIn(body: Buffer): string | undefined {
  try {
    const json = JSON.parse(body.toString());
    return [json.message, json.error?.message, json.error, json.detail].find(
      (value) => typeof value === 'string',
    );
  } catch {
    return undefined;
  }
}

import type { PyramidAnswer } from './call.ts';

/** An answer's JSON; of a sequence, member by member as it is read. */
export function toJson(answer: PyramidAnswer): string | AsyncIterable<string> {
  return isSequence(answer) ? arrayOf(answer) : JSON.stringify(answer);
}

/** The bracket goes with the first member: an error until then can still be answered as one. */
async function* arrayOf(members: AsyncIterable<object>): AsyncGenerator<string> {
  let before = '[';
  for await (const member of members) {
    yield before + JSON.stringify(member);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

function isSequence(answer: PyramidAnswer): answer is AsyncIterable<object> {
  return typeof answer === 'object' && Symbol.asyncIterator in answer;
}

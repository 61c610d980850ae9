import type { Caller } from '../../core/caller.ts';
import type { EnumStyle } from './enumerations.ts';

/** One request, as a method sees it. */
export interface PyramidCall {
  readonly caller: Caller;
  /** The body's text, whatever its Content-Type. */
  readonly body: string;
  /** How the answer's enumerations are spelt. */
  readonly enums: EnumStyle;
}

/** What a method answers, to be written as JSON; a sequence becomes an array that is written as it is read. */
export type PyramidAnswer = object | string | AsyncIterable<object>;

export type PyramidMethod = (call: PyramidCall) => Promise<PyramidAnswer>;

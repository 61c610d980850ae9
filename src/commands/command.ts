import type { Config } from '../config.ts';
import type { Terminal } from './terminal.ts';

/** `--NAME` with a value, or without. */
export type Option =
  | (OptionUse & {
      readonly type: 'string';
      /** What the usage writes for the value, such as `admin|user`. */
      readonly value: string;
      /** Whether it may come more than once. */
      readonly multiple?: true;
    })
  | (OptionUse & { readonly type: 'boolean' });

interface OptionUse {
  /** What the operator reads when it is left out. An option without it may be left out. */
  readonly required?: string;
}

export type Options = Readonly<Record<string, Option>>;

export type ValuesOf<O extends Options> = {
  readonly [N in keyof O]?: O[N] extends { multiple: true }
    ? string[]
    : O[N] extends { type: 'string' }
      ? string
      : true;
};

/** One command as it is declared; `A` is what its words come down to. */
export interface CommandSpec<P extends readonly string[], O extends Options, A> {
  readonly says: string;
  /** Its operands in their order, as the usage names them; all must be given. */
  readonly operands: P;
  readonly options: O;
  /** Throws UsageError. */
  readonly read: (operands: { readonly [K in keyof P]: string }, values: ValuesOf<O>) => A;
  /** Imports what it runs when it runs: `user add` has no use for a SOAP codec. */
  readonly run: (config: Config, args: A, terminal: Terminal) => Promise<void>;
}

/** A command whose words have been read. */
export interface Invocation {
  /** Such as `user add`. */
  readonly name: string;
  readonly args: unknown;
  run(config: Config, terminal: Terminal): Promise<void>;
}

export interface Command {
  readonly says: string;
  readonly operands: readonly string[];
  readonly options: Options;
  invoke(name: string, operands: readonly string[], values: Readonly<Record<string, unknown>>): Invocation;
}

/** What was asked for was done, and came out badly; the message says how. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** A command line that means nothing; the message says what was wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function command<const P extends readonly string[], const O extends Options, A>(
  spec: CommandSpec<P, O, A>,
): Command {
  const { says, operands, options, read, run } = spec;
  return {
    says,
    operands,
    options,
    invoke(name, words, values) {
      // The parser has seen to it that they are as many, and the values of the types declared.
      const args = read(words as unknown as { readonly [K in keyof P]: string }, values as ValuesOf<O>);
      return { name, args, run: (config, terminal) => run(config, args, terminal) };
    },
  };
}

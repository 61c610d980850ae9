import type { Terminal } from '../../src/commands/terminal.ts';

export interface RecordingTerminal extends Terminal {
  readonly printed: string[];
  readonly told: string[];
  readonly drawn: string[];
}

/** A terminal that keeps what it is shown; `columns` makes it one with a screen. */
export function recordingTerminal({
  input = '',
  columns,
}: {
  input?: string;
  columns?: number;
} = {}): RecordingTerminal {
  const printed: string[] = [];
  const told: string[] = [];
  const drawn: string[] = [];
  return {
    ...{ printed, told, drawn, columns },
    print: (line) => void printed.push(line),
    tell: (line) => void told.push(line),
    draw: (line, last) => void drawn.push(last ? `${line}$` : line),
    readInput: async () => input,
    stopRequested: () => new Promise(() => {}),
  };
}

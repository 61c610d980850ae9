/** What a command may use of the process it runs in. */
export interface Terminal {
  /** For the command's own answer: one line. */
  print(line: string): void;
  /** Characters in a line where the answer goes to a terminal; undefined where it does not. */
  readonly columns: number | undefined;
  /** On a terminal: in place of the line drawn before. The last one stays. */
  draw(line: string, last: boolean): void;
  /** For people, beside the log: one line. */
  tell(line: string): void;
  /** All of standard input, as text. */
  readInput(): Promise<string>;
  /** Settles when the process is asked to stop (SIGTERM, SIGINT). */
  stopRequested(): Promise<void>;
}

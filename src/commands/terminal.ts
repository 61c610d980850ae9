/** What a command may use of the process it runs in. */
export interface Terminal {
  /** For the command's own answer: one line. */
  print(line: string): void;
  /** For people, beside the log: one line. */
  tell(line: string): void;
  /** All of standard input, as text. */
  readInput(): Promise<string>;
  /** Settles when the process is asked to stop (SIGTERM, SIGINT). */
  stopRequested(): Promise<void>;
}

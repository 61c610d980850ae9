/** How long a scenario takes its time. */
export interface BenchOptions {
  /** How often each contender is measured. */
  readonly rounds: number;
  /** How long one stretch of load lasts, ms. */
  readonly stretchMs: number;
}

/** One part of the bench. It starts what it needs, takes it away afterwards, and says loudly which peers are absent. */
export interface Scenario {
  /** On the command line, and of its place in the results. */
  readonly name: string;
  /** Returns its tables, as Markdown. */
  run(options: BenchOptions): Promise<string>;
}

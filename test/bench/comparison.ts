/** What one contender showed in one stretch, by figure; undefined = it has no such figure. */
export type Measured = Readonly<Record<string, number | undefined>>;

/** One column of a comparison. */
export interface Figure {
  /** The key in what is measured, and the column's heading, with its unit: `requests/s`. */
  readonly name: string;
  /** Shown as a ratio to the first contender too: of its figure, round by round. */
  readonly ratio?: boolean;
  readonly digits?: number;
}

/** Something that is measured beside others that do the same. */
export interface Contender {
  readonly name: string;
  /** One stretch of at most some seconds; always the same work. */
  measure(): Promise<Measured>;
}

/** What came of a contender, one entry a round. */
export interface Outcome {
  readonly name: string;
  readonly rounds: readonly Measured[];
}

export interface Comparison {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** The first is what the others are compared with. */
  readonly outcomes: readonly Outcome[];
}

/**
 * Measures each in turn, A B C A B C …, after one stretch each that does not count: a machine whose speed
 * drifts drifts for all, and ratios are taken within a round.
 */
export async function compare(
  title: string,
  figures: readonly Figure[],
  contenders: readonly Contender[],
  rounds: number,
): Promise<Comparison> {
  const outcomes = contenders.map(({ name }) => ({ name, rounds: [] as Measured[] }));
  for (const contender of contenders) await contender.measure();
  for (let round = 1; round <= rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      outcomes[index]?.rounds.push(await contender.measure());
    }
    process.stderr.write(`${title}: round ${round} of ${rounds}\n`);
  }
  return { title, figures, outcomes };
}

/** `figure` of `outcome` in each round, divided by the reference's of the same round. */
export function ratios(outcome: Outcome, reference: Outcome, figure: string): number[] {
  return outcome.rounds.flatMap((measured, round) => {
    const own = measured[figure];
    const other = reference.rounds[round]?.[figure];
    return own === undefined || other === undefined || other === 0 ? [] : [own / other];
  });
}

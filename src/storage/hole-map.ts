/** Positions counted together. A page that starts in a stretch with holes passes over up to so many rows. */
export const HOLE_BUCKET = 256;

/** Where to begin reading: from `position` on, after passing over `skip` records. */
export interface Start {
  readonly position: number;
  readonly skip: number;
}

/**
 * Which positions of a group are empty, counted by stretches: finds where the record at an
 * offset lies without reading the records before it.
 */
export class HoleMap {
  readonly #holes = new Map<number, number>();
  /** Starts of the stretches with holes, ascending, and the holes before each. */
  #starts: number[] = [];
  #before: number[] = [];
  /** The group's holes_version that it is as of. */
  version = 0;

  set(bucketStart: number, holes: number): void {
    this.#holes.set(bucketStart, holes);
  }

  /** To be called once the holes are set. */
  index(): void {
    this.#starts = [...this.#holes.keys()].sort((a, b) => a - b);
    let sum = 0;
    this.#before = this.#starts.map((start) => {
      const before = sum;
      sum += this.#holes.get(start) ?? 0;
      return before;
    });
  }

  locate(offset: number): Start {
    const index = this.#lastStretchStartingAtOrBefore(offset);
    if (index < 0) return { position: offset, skip: 0 };
    const start = this.#starts[index] ?? 0;
    const left = offset - (start - (this.#before[index] ?? 0));
    const present = HOLE_BUCKET - (this.#holes.get(start) ?? 0);
    return left < present
      ? { position: start, skip: left }
      : { position: start + HOLE_BUCKET + (left - present), skip: 0 };
  }

  /** Whether no position from `from` up to before `end` is empty, as far as stretches tell. */
  isWhole(from: number, end: number): boolean {
    for (let start = from - (from % HOLE_BUCKET); start < end; start += HOLE_BUCKET) {
      if ((this.#holes.get(start) ?? 0) > 0) return false;
    }
    return true;
  }

  /** The last stretch before whose start there are at most `offset` records; that number never falls from one to the next. */
  #lastStretchStartingAtOrBefore(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) - (this.#before[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

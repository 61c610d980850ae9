/** Large enough that what grows by the square would be seen: a usual request of that size takes some 3 ms. */
export const LARGE_BYTES = 200_000;

/** One behind the other, so many that they have `bytes` together, within one of them. */
export function fill(unit: (index: number) => string, bytes = LARGE_BYTES): string {
  const units: string[] = [];
  for (let length = 0; length < bytes; ) {
    const next = unit(units.length);
    units.push(next);
    length += next.length;
  }
  return units.join('');
}

/** Names of one hash in whatever multiplies by 31, as Java's strings do: `Aa` and `BB`, behind each other. */
export function collidingName(index: number): string {
  return Array.from({ length: 15 }, (_, bit) => ((index >> bit) & 1 ? 'Aa' : 'BB')).join('');
}

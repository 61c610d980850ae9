/** Calls `passed` after `ms`, null = never. Returns what calls it off. */
export function startTimeLimit(ms: number | null, passed: () => void): () => void {
  if (ms === null) return () => {};
  const timer = setTimeout(passed, ms);
  return () => clearTimeout(timer);
}

export function describeTimeLimit(ms: number | null): string {
  return `its time limit of ${(ms ?? 0) / 1_000} s has passed`;
}

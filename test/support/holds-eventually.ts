import { vi } from 'vitest';

/** Waits until the assertions hold; fails with theirs. The deadline is long, for machines that others use too: nothing waits for it but what fails. */
export function holdsEventually<T>(assertions: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertions, { timeout: 15_000, interval: 10 });
}

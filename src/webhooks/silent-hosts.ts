/** Attempts at once to a receiver that is silent; enough to notice that it speaks again. */
const ATTEMPTS_AT_ONCE = 2;
/** How long the last silence counts, unless an answer comes before, ms. */
const SILENCE_COUNTS_MS = 300_000;

/**
 * Receivers that let attempts time out. Each such attempt holds one of the few places for as long as
 * an attempt may take: without this, one dead receiver with many webhooks would keep all others waiting.
 */
export class SilentHosts {
  readonly #underWay = new Map<string, number>();
  /** Until when each counts as silent, on the monotonic clock. */
  readonly #silentUntil = new Map<string, number>();

  /** Whether an attempt may begin now; if so, `ended` must follow. */
  begin(host: string, now: number): boolean {
    const underWay = this.#underWay.get(host) ?? 0;
    if (underWay >= ATTEMPTS_AT_ONCE && now < (this.#silentUntil.get(host) ?? 0)) return false;
    this.#underWay.set(host, underWay + 1);
    return true;
  }

  ended(host: string, silent: boolean, now: number): void {
    const left = (this.#underWay.get(host) ?? 1) - 1;
    if (left > 0) this.#underWay.set(host, left);
    else this.#underWay.delete(host);
    if (!silent) {
      this.#silentUntil.delete(host);
      return;
    }
    for (const [other, until] of this.#silentUntil) if (until <= now) this.#silentUntil.delete(other);
    this.#silentUntil.set(host, now + SILENCE_COUNTS_MS);
  }
}

/** Shorter stretches say nothing: the system counts processor time in hundredths of a second. */
const leastMs = 50;

/** Makes rates of sums that only grow, such as bytes sent: what was added since the reading before, per second. */
export class Rates {
  #before: { readonly epochMs: number; readonly sums: Readonly<Record<string, number>> } | null = null;

  /** Empty the first time. What was not there before, or has shrunk (it was started anew), is left out. */
  perSecond(epochMs: number, sums: Readonly<Record<string, number>>): Record<string, number> {
    const before = this.#before;
    if (before && epochMs - before.epochMs < leastMs) return {};
    this.#before = { epochMs, sums };
    if (!before) return {};
    const seconds = (epochMs - before.epochMs) / 1000;
    return Object.fromEntries(
      Object.entries(sums).flatMap(([name, sum]) => {
        const added = sum - (before.sums[name] ?? Number.NaN);
        return added >= 0 ? [[name, added / seconds]] : [];
      }),
    );
  }

  /** The next sums begin anew: they belong to something else. */
  restart(): void {
    this.#before = null;
  }
}

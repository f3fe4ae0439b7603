import type { HealthSpan } from '../model/health.ts';

/** Above this further spans are counted as a sum only. */
const mostSpans = 20_000;
/** What is written of them: the longest, and none that is shorter. */
const mostShown = 50;
const shortestShownMs = 100;

export interface Stretch {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}

/** Stretches of time in which something stood still. */
export class Spans {
  readonly #spans: HealthSpan[] = [];
  #beyondMs = 0;

  add(span: HealthSpan): void {
    if (this.#spans.length < mostSpans) this.#spans.push(span);
    else this.#beyondMs += lengthMs(span);
  }

  /** How much of a stretch any of them covers: what several workers do at the same time counts once. */
  coveredMs(within: Stretch): number {
    const inside = this.#spans.map((span) => clip(span, within)).filter((span) => lengthMs(span) > 0);
    inside.sort((a, b) => a.fromEpochMs - b.fromEpochMs);
    let [covered, endEpochMs] = [0, -Infinity];
    for (const { fromEpochMs, toEpochMs } of inside) {
      covered += Math.max(0, toEpochMs - Math.max(fromEpochMs, endEpochMs));
      endEpochMs = Math.max(endEpochMs, toEpochMs);
    }
    return Math.min(covered + this.#beyondMs, lengthMs(within));
  }

  longestMs(within: Stretch): number {
    return this.#spans.reduce((longest, span) => Math.max(longest, lengthMs(clip(span, within))), 0);
  }

  /** The longest ones, in order of time. */
  shown(): HealthSpan[] {
    return this.#spans
      .filter((span) => lengthMs(span) >= shortestShownMs)
      .sort((a, b) => lengthMs(b) - lengthMs(a))
      .slice(0, mostShown)
      .sort((a, b) => a.fromEpochMs - b.fromEpochMs);
  }
}

function clip(span: Stretch, within: Stretch): Stretch {
  return {
    fromEpochMs: Math.max(span.fromEpochMs, within.fromEpochMs),
    toEpochMs: Math.min(span.toEpochMs, within.toEpochMs),
  };
}

function lengthMs({ fromEpochMs, toEpochMs }: Stretch): number {
  return toEpochMs - fromEpochMs;
}

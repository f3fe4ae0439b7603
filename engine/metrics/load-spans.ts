import { pausedMs, type Pause } from '../model/live-load.ts';

export interface Span {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** The times that rates divide by: of the whole load, and of each thread group (`Users 1`) in it. */
export interface LoadSpans {
  readonly load: Span;
  readonly groups: ReadonlyMap<string, Span>;
  /** They are no time of the load, and no rate divides by them. */
  readonly pauses: readonly Pause[];
}

/**
 * How long the load of such groups lasted, from the first of them to the last, pauses left out; without any that is known, the
 * whole load.
 */
export function loadMs({ load, groups, pauses }: LoadSpans, among: Iterable<string> = []): number {
  const spans = [...among].flatMap((name) => groups.get(name) ?? []);
  const span = spans.length === 0 ? load : spans.reduce(around);
  return unpausedMs(span, pauses);
}

/** How long a span is without the pauses in it. */
export function unpausedMs({ startEpochMs, endEpochMs }: Span, pauses: readonly Pause[]): number {
  return Math.max(0, endEpochMs - startEpochMs - pausedMs(pauses, startEpochMs, endEpochMs));
}

/** From the earlier start to the later end. */
export function around(a: Span, b: Span): Span {
  return {
    startEpochMs: Math.min(a.startEpochMs, b.startEpochMs),
    endEpochMs: Math.max(a.endEpochMs, b.endEpochMs),
  };
}

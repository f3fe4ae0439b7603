export interface Span {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** The times that rates divide by: of the whole load, and of each thread group (`Users 1`) in it. */
export interface LoadSpans {
  readonly load: Span;
  readonly groups: ReadonlyMap<string, Span>;
}

/** How long the load of such groups lasted, from the first of them to the last; without any that is known, the whole load. */
export function loadMs({ load, groups }: LoadSpans, among: Iterable<string> = []): number {
  const spans = [...among].flatMap((name) => groups.get(name) ?? []);
  const span = spans.length === 0 ? load : spans.reduce(around);
  return Math.max(0, span.endEpochMs - span.startEpochMs);
}

/** From the earlier start to the later end. */
export function around(a: Span, b: Span): Span {
  return {
    startEpochMs: Math.min(a.startEpochMs, b.startEpochMs),
    endEpochMs: Math.max(a.endEpochMs, b.endEpochMs),
  };
}

import { expectedDuration, parseMs } from '../model/units.ts';
import type { RenderScope } from '../template/scope.ts';

/** What a duration that is a number alone lacks. */
export const durationUnits = ['s', 'ms'];

/** `1s`, or two durations with `..` between them, the smaller first. Null for anything else. */
function parseDurationRange(text: string): readonly [leastMs: number, mostMs: number] | null {
  const [least = '', most = least, ...rest] = text.split('..');
  const [leastMs, mostMs] = [parseMs(least), parseMs(most)];
  return leastMs === null || mostMs === null || rest.length > 0 || mostMs < leastMs
    ? null
    : [leastMs, mostMs];
}

/** The mistake in a text that is to be a duration or a range of them; null when there is none, or a template. */
export function durationRangeMistake(text: unknown): string | null {
  if (typeof text !== 'string' || text.includes('${')) return null;
  return parseDurationRange(text) ? null : mistake(text);
}

function mistake(text: string): string {
  return text.includes('..')
    ? `expected a range of durations such as 1s..3s, the smaller first, found "${text}"`
    : expectedDuration(text);
}

/** Draws milliseconds evenly from a range as written. Remembers the ranges it has read. */
export function durationDraw(): (text: string, user: RenderScope) => number {
  const ranges = new Map<string, readonly [number, number]>();
  return (text, user) => {
    let range = ranges.get(text);
    if (!range) {
      range = parseDurationRange(text) ?? undefined;
      if (!range) throw new RangeError(mistake(text));
      if (ranges.size < 1000) ranges.set(text, range);
    }
    const [leastMs, mostMs] = range;
    return mostMs > leastMs ? leastMs + user.random() * (mostMs - leastMs) : leastMs;
  };
}

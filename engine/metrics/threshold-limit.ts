import { expectedDuration, parseMs, parsePerSecond, parseRatio } from '../model/units.ts';
import type { Aggregation, ThresholdVerdict } from '../model/threshold.ts';
import type { Scanner } from './scanner.ts';

type Unit = ThresholdVerdict['unit'];

/** The unit in which an aggregation's value and limit are compared. */
export function unitOf({ kind }: Aggregation): Unit {
  switch (kind) {
    case 'count':
      return 'count';
    case 'rate':
      return 'per second';
    case 'error_rate':
      return 'ratio';
    case 'avg':
    case 'min':
    case 'max':
    case 'med':
    case 'percentile':
      return 'ms';
  }
}

/** Written behind the limit one day; until then a sentence says so. */
const laterVersion: Readonly<Record<string, string>> = {
  over: 'a limit over a sliding window ("over 30s")',
  abort: 'ending a run early ("abort")',
  of: 'a limit relative to a saved run ("of baseline")',
};

/** Reads the rest of a threshold: a number with the unit that the aggregation asks for. */
export function readLimit(scanner: Scanner, aggregation: Aggregation): number {
  const start = scanner.mark();
  const rest = scanner.rest();
  const later = /\s(over|abort|of)(?=\s|$)/.exec(rest);
  if (later) {
    const what = laterVersion[later[1] ?? ''] ?? '';
    scanner.failAt(start + later.index + 1, `${what} comes in a later version. Leave it out for now`);
  }
  if (rest === '') scanner.fail(expectedLimit[unitOf(aggregation)]);
  const limit = parseLimit(rest, unitOf(aggregation));
  if (typeof limit === 'string') scanner.failAt(start, limit);
  return limit;
}

const expectedLimit: Readonly<Record<Unit, string>> = {
  ms: 'a duration such as 500ms or 2s',
  ratio: 'a share such as 1% or 0.01',
  'per second': 'a rate such as 10/s or 600/m',
  count: 'a whole number such as 1000',
};

/** The limit, or what is wrong with it. */
function parseLimit(text: string, unit: Unit): number | string {
  const asked = `expected ${expectedLimit[unit]}, found "${text}"`;
  switch (unit) {
    case 'ms':
      return parseMs(text) ?? expectedDuration(text);
    case 'ratio': {
      const ratio = parseRatio(text);
      if (ratio === null) return asked;
      return ratio <= 1 ? ratio : `${asked}. A share is at most 100%; for 1 in 100 write 1%`;
    }
    case 'per second':
      return parsePerSecond(text) ?? asked;
    case 'count':
      return /^\d+$/.test(text) ? Number(text) : asked;
  }
}

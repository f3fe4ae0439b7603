import { expectedDuration, parseBytes, parseMs, parsePerSecond, parseRatio } from '../model/units.ts';
import { unitOf, type Measure, type Unit } from './measure.ts';
import type { Threshold } from '../model/threshold.ts';
import type { Scanner } from './scanner.ts';

/** Written behind the limit one day; until then a sentence says so. */
const laterVersion: Readonly<Record<string, string>> = {
  over: 'a limit over a sliding window ("over 30s")',
  abort: 'ending a run early ("abort")',
  of: 'a limit relative to a saved run ("of baseline")',
};

/** Reads the rest of a threshold: a number with the unit that the measure asks for. */
export function readLimit(scanner: Scanner, measure: Measure & Pick<Threshold, 'relation'>): number {
  const unit = unitOf(measure);
  const start = scanner.mark();
  const rest = scanner.rest();
  const later = /\s(over|abort|of)(?=\s|$)/.exec(rest);
  if (later) {
    const what = laterVersion[later[1] ?? ''] ?? '';
    scanner.failAt(start + later.index + 1, `${what} comes in a later version. Leave it out for now`);
  }
  if (rest === '') scanner.fail(expectedLimit[unit]);
  const limit =
    measure.relation && unit === 'ratio'
      ? parseLimit(rest, 'factor', measure)
      : unit === 'number'
        ? parseNumber(rest, measure)
        : parseLimit(rest, unit, measure);
  if (typeof limit === 'string') scanner.failAt(start, limit);
  return limit;
}

const expectedLimit: Readonly<Record<Unit, string>> = {
  ms: 'a duration such as 500ms or 2s',
  ratio: 'a share such as 1% or 0.01',
  factor: 'a factor such as 1.2 or 120%',
  'per second': 'a rate such as 10/s or 600/m',
  count: 'a whole number such as 1000',
  number: 'a number such as 5000',
};

/** The limit, or what is wrong with it. */
function parseLimit(text: string, unit: Exclude<Unit, 'number'>, measure: Measure): number | string {
  const asked = `expected ${expectedLimit[unit]}, found "${text}"`;
  switch (unit) {
    case 'ms':
      return parseMs(text) ?? expectedDuration(text);
    case 'ratio':
      return parseShare(text, measure) ?? asked;
    case 'factor':
      return parseRatio(text) ?? asked;
    case 'per second':
      return parsePerSecond(text) ?? asked;
    case 'count':
      return /^\d+$/.test(text) ? Number(text) : asked;
  }
}

/** A metric may have more than 100%, such as a process on two processors; the sign must then be written. */
function parseShare(text: string, { metric }: Measure): number | string | null {
  const ratio = parseRatio(text);
  if (ratio === null || ratio <= 1 || (metric?.unit === 'ratio' && text.endsWith('%'))) return ratio;
  return `expected ${expectedLimit.ratio}, found "${text}". A share is at most 100%; for 1 in 100 write 1%`;
}

/** The unit of the metric may stand behind the number; another may not. Bytes may be written as sizes. */
function parseNumber(text: string, { metric }: Measure): number | string {
  const unit = metric?.unit ?? '';
  const [, number, written] = /^(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(text) ?? [];
  if (number !== undefined && (written === '' || written === unit)) return Number(number);
  if (unit === 'bytes' || unit === 'bytes/s') return parseSize(text, unit);
  return `expected a number${unit ? ` of ${unit}` : ''} such as 5000, found "${text}"`;
}

function parseSize(text: string, unit: 'bytes' | 'bytes/s'): number | string {
  const per = unit.slice('bytes'.length);
  const size = text.endsWith(per) ? parseBytes(text.slice(0, text.length - per.length)) : null;
  return size ?? `expected a number of ${unit} such as 500MB${per}, 1.5GiB${per} or 5000, found "${text}"`;
}

import { isBareNumber, parsePerSecond, unitMissing } from '../model/units.ts';

/** The mistake in a text that is to be a rate such as `60/m`; null when there is none, or a template. */
export function rateMistake(text: unknown): string | null {
  if (typeof text !== 'string' || text.includes('${')) return null;
  return (parsePerSecond(text) ?? 0) > 0 ? null : mistake(text);
}

/** The time between two at a rate as written. */
export function intervalMs(rate: string): number {
  const perSecond = parsePerSecond(rate) ?? 0;
  if (perSecond <= 0) throw new RangeError(mistake(rate));
  return 1000 / perSecond;
}

/** What a rate that is a number alone lacks. */
export const rateUnits = ['/s', '/m'];

function mistake(text: string): string {
  if (isBareNumber(text)) return unitMissing(text, rateUnits);
  return `expected a rate above 0 such as 60/m, 2/s or 100/h, found "${text}"`;
}

import { visibleText } from './visible-text.ts';

/** A value of a metric for people, without its unit where that is plain: sizes as `131 MB`, ratios as `42.0%`. */
export function metricValueText(value: number, unit: string, plain: (value: number) => string): string {
  if (unit === 'bytes') return sizeText(value);
  if (unit === 'bytes/s') return `${sizeText(value)}/s`;
  return unit === 'ratio' ? `${(value * 100).toFixed(1)}%` : plain(value);
}

/** Whether the values themselves show the unit. */
export function showsUnit(unit: string): boolean {
  return ['bytes', 'bytes/s', 'ratio'].includes(unit);
}

/** The same with the unit behind it: `131 MB`, `42.0%`, `5200 records`. */
export function metricAmountText(value: number, unit: string, plain: (value: number) => string): string {
  const text = metricValueText(value, unit, plain);
  return unit === '' || showsUnit(unit)
    ? text
    : `${text}${unit.startsWith('/') ? '' : ' '}${visibleText(unit)}`;
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A measured size, to three figures or so: `512 B`, `1.5 kB`, `131 MB`. */
function sizeText(bytes: number): string {
  let amount = bytes;
  let step = 0;
  while (Math.abs(amount) >= 999.5 && step < sizes.length - 1) {
    amount /= 1000;
    step += 1;
  }
  const isWhole = step === 0 || Math.abs(amount) >= 99.95;
  return `${isWhole ? Math.round(amount) : Math.round(amount * 10) / 10} ${sizes[step] ?? ''}`;
}

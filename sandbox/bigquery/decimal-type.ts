import { numeric } from '../warehouse/numeric-macros.ts';
import { invalid } from './query-error.ts';

/** DuckDB's type for NUMERIC with a precision and a scale: at most 29 digits before the point, and nine behind it. */
export function decimalType(precision: string | undefined, scale = '0'): string {
  if (precision === undefined) return numeric;
  const [all, behind] = [Number(precision), Number(scale)];
  const isRight = [all, behind].every(Number.isInteger) && behind >= 0 && behind <= 9;
  if (!isRight || all < Math.max(1, behind) || all - behind > 29)
    throw invalid(
      `NUMERIC(${precision}, ${scale}) is not possible: the scale is 0 to 9, the precision ${Math.max(1, behind)} to ${29 + behind}.`,
    );
  return `DECIMAL(${all},${behind})`;
}

/** The precision and the scale of a column, if it has its own. */
export function decimalParts(
  type: string,
): { readonly precision: string; readonly scale: string } | undefined {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision === undefined || scale === undefined || type === numeric) return undefined;
  return { precision, scale };
}

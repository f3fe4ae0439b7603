/** Numbers of rows as people write them: `250`, `10_000`, `100k`, `2.5M`. */
export const countPattern = '^\\d[\\d_]*(\\.\\d+)?[kKM]?$';

/** `100k` → 100000. Null for anything else, and for parts of a row. */
export function parseCount(text: string): number | null {
  if (!new RegExp(countPattern).test(text)) return null;
  const thousands = text.endsWith('M') ? 1_000_000 : /k$/i.test(text) ? 1000 : 1;
  const count = Number(text.replaceAll(/[_kKM]/g, '')) * thousands;
  return Number.isSafeInteger(count) ? count : null;
}

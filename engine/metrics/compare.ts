import type { Threshold } from '../model/threshold.ts';

type Limit = Pick<Threshold, 'operator' | 'limit'>;

/** Whether a value keeps the limit. */
export function compare(value: number, { operator, limit }: Limit): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}

/** How far the value may still move; negative when it went too far. */
export function room(value: number, { operator, limit }: Limit): number {
  if (operator.startsWith('<')) return limit - value;
  if (operator.startsWith('>')) return value - limit;
  const distance = Math.abs(value - limit);
  return operator === '==' && distance > 0 ? -distance : distance;
}

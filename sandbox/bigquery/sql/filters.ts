import type { Filter } from './reads.ts';
import type { Expression } from './writing.ts';

/** `column >= value`, and its like; a value is SQL that reads no column. */
export function compareFilter(left: Expression, operator: string, value: string): Filter | undefined {
  const { column } = left;
  if (!column) return undefined;
  return (spanOf) => {
    const span = spanOf(column.path);
    if (!span) return undefined;
    const [low, high] = [column.of(span.low), column.of(span.high)];
    if (operator === '=') return `(${low} <= ${value} AND ${high} >= ${value})`;
    if (operator === '<' || operator === '<=') return `(${low} ${operator} ${value})`;
    return operator === '>' || operator === '>=' ? `(${high} ${operator} ${value})` : undefined;
  };
}

const flipped: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** The operator if the sides are changed over. */
export function flip(operator: string): string {
  return flipped[operator] ?? operator;
}

/** `column IN (…)`. */
export function inFilter(left: Expression, values: readonly string[]): Filter | undefined {
  return values.map((value) => compareFilter(left, '=', value)).reduce(orFilter);
}

/** `column IN UNNEST(array)`. */
export function inArrayFilter(left: Expression, array: string): Filter | undefined {
  const inOne = compareFilter(left, '=', 'x');
  if (!inOne) return undefined;
  return (spanOf) => {
    const one = inOne(spanOf);
    return one === undefined ? undefined : `len(list_filter(${array}, lambda x: ${one})) > 0`;
  };
}

/** `column IS NULL`. */
export function nullFilter({ column }: Expression, word: string): Filter | undefined {
  if (!column) return undefined;
  return (spanOf) => {
    const span = spanOf(column.path);
    return span && `(${column.of(span.low)} IS ${word})`;
  };
}

export function andFilter(a: Filter | undefined, b: Filter | undefined): Filter | undefined {
  if (!a || !b) return a ?? b;
  return (spanOf) => {
    const parts = [a(spanOf), b(spanOf)].filter((part) => part !== undefined);
    return parts.length === 0 ? undefined : `(${parts.join(' AND ')})`;
  };
}

/** Excludes only what both sides exclude. */
export function orFilter(a: Filter | undefined, b: Filter | undefined): Filter | undefined {
  if (!a || !b) return undefined;
  return (spanOf) => {
    const [left, right] = [a(spanOf), b(spanOf)];
    return left === undefined || right === undefined ? undefined : `(${left} OR ${right})`;
  };
}

import type { JsonSchema } from '../model/json-schema.ts';
import type { RenderScope } from '../template/scope.ts';

/** The option that draws several values instead of one. */
export const countSchema = {
  count: {
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', pattern: '^[0-9]+[.][.][0-9]+$' },
    ],
    description:
      'How many different ones, or a range such as 1..3 to draw that from. The variable `x` is then a JSON list, and `x_1`, `x_2` … with their number `x_matchNr` hold them one by one.',
    examples: [3, '1..3'],
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** Why a count as written is none; null when nothing is wrong with it, or it is a template. */
export function countMistake(count: unknown): string | null {
  if (typeof count !== 'number' && typeof count !== 'string') return null;
  return String(count).includes('${') || countRange(String(count)) ? null : mistake(count);
}

/** Draws a number of values from a count as rendered. */
export function drawnCount(count: number | string, user: RenderScope): number {
  const range = countRange(String(count));
  if (!range) throw new RangeError(mistake(count));
  const [least, most] = range;
  return most > least ? least + Math.floor(user.random() * (most - least + 1)) : least;
}

/** The least and the greatest number of a count; null when it is none. */
export function countRange(text: string): readonly [least: number, most: number] | null {
  const [, least = '', most = least] = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(text) ?? [];
  const [from, to] = [Number(least), Number(most)];
  return least !== '' && from >= 1 && to >= from && Number.isSafeInteger(to) ? [from, to] : null;
}

function mistake(count: number | string): string {
  return `count: expected a number from 1 or a range such as 1..3, the smaller first, found "${count}"`;
}

/** The variables that a draw sets. */
export function drawnVariables(variable: string, count: unknown): string[] {
  return count === undefined ? [variable] : [variable, `${variable}_matchNr`, `${variable}_*`];
}

/** A value of a plan as text. */
export function textOf(value: unknown): string {
  return String(value);
}

/** Sets a variable to the one value that was drawn; without one it is unset. */
export function storeOne(user: RenderScope, variable: string, value: unknown): void {
  if (value === undefined) user.unset(variable);
  else user.set(variable, textOf(value));
}

/** Sets a variable to a list of what was drawn, types kept, and the family `x_1` … to its values; without any, `x` is unset. */
export function storeSeveral(user: RenderScope, variable: string, values: readonly unknown[]): void {
  const before = Number(user.get(`${variable}_matchNr`) ?? 0);
  storeOne(user, variable, values.length === 0 ? undefined : JSON.stringify(values));
  values.forEach((value, index) => user.set(`${variable}_${index + 1}`, textOf(value)));
  for (let n = values.length + 1; n <= before; n++) user.unset(`${variable}_${n}`);
  user.set(`${variable}_matchNr`, String(values.length));
}

/** The values of a family: `x_1` … as many as `x_matchNr` says, or until one is not set. */
export function familyValues(user: RenderScope, family: string): string[] {
  const limit = Number(user.get(`${family}_matchNr`) ?? Infinity);
  const values: string[] = [];
  for (let n = 1; n <= limit; n++) {
    const value = user.get(`${family}_${n}`);
    if (value === undefined) break;
    values.push(value);
  }
  return values;
}

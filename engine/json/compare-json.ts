import { compareDecimals } from './compare-decimals.ts';
import { isExactNumber, isJsonMap, type ExactJson, type ExactNumber } from './exact-number.ts';

export type JsonNumber = number | ExactNumber;

export function isNumber(value: unknown): value is JsonNumber {
  return typeof value === 'number' || isExactNumber(value);
}

/** Compares two numbers, digit by digit where doubles cannot tell them apart: negative, zero or positive. */
export function compareNumbers(left: JsonNumber, right: JsonNumber): number {
  const [a, b] = [Number(left), Number(right)];
  if (a !== b) return a - b;
  return typeof left === 'number' && typeof right === 'number'
    ? 0
    : compareDecimals(String(left), String(right));
}

/** Whether two values are the same; numbers by their value, mappings whatever the order of their keys. */
export function sameJson(left: ExactJson, right: ExactJson): boolean {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((value, index) => sameItem(value, right[index]));
  }
  if (!isJsonMap(left) || !isJsonMap(right)) return left === right;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameItem(left[key], right[key]))
  );
}

function sameItem(left: ExactJson | undefined, right: ExactJson | undefined): boolean {
  return left !== undefined && right !== undefined && sameJson(left, right);
}

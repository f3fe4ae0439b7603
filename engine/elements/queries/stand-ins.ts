import { compareNumbers, isNumber, type JsonNumber } from '../../json/compare-json.ts';
import { isExactNumber, isJsonMap, type ExactJson } from '../../json/exact-number.ts';

/**
 * Doubles that stand for the numbers of a document where a package can compare nothing else: each number has its own,
 * and they are in the same order. Nearly all are the numbers' nearest doubles; where two numbers share one, the
 * greater takes the next.
 */
export class StandIns {
  readonly #byText = new Map<string, number>();
  readonly #byDouble = new Map<number, JsonNumber>();

  constructor(numbers: readonly JsonNumber[]) {
    let before: JsonNumber | undefined;
    let double = -Infinity;
    for (const one of [...numbers].sort(compareNumbers)) {
      if (before === undefined || compareNumbers(before, one) !== 0) {
        double = Number(one) > double ? Number(one) : nextDouble(double);
        this.#byDouble.set(double, one);
      }
      this.#byText.set(String(one), double);
      before = one;
    }
  }

  /** The document with doubles in place of its numbers. */
  replaced(value: ExactJson): ExactJson {
    return mapped(value, (one) => (isNumber(one) ? (this.#byText.get(String(one)) ?? Number(one)) : one));
  }

  /** What was made of such a document, with the numbers themselves. */
  restored(value: ExactJson): ExactJson {
    return mapped(value, (one) => (typeof one === 'number' ? (this.#byDouble.get(one) ?? one) : one));
  }
}

/** All numbers of a document. */
export function numbersIn(value: ExactJson, found: JsonNumber[] = []): JsonNumber[] {
  if (isNumber(value)) found.push(value);
  else if (Array.isArray(value)) for (const item of value) numbersIn(item, found);
  else if (isJsonMap(value)) for (const inner of Object.values(value)) numbersIn(inner, found);
  return found;
}

/** A document with other scalars. */
export function mapped(value: ExactJson, change: (scalar: ExactJson) => ExactJson): ExactJson {
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (isExactNumber(value) || !isJsonMap(value)) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, change)]));
}

const bits = new DataView(new ArrayBuffer(8));

/** The least double above another. */
function nextDouble(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  if (value === Infinity) return value;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

/** A number as JSON, YAML and Java write it; a plus sign, a bare point and zeros in front are taken, too. */
const decimal = /^\s*([-+]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?\s*$/i;

/** A decimal number: `0.digits` times ten to the `exponent`. The digits have no zeros at either end; zero has none. */
interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

/** Whether a text is a number in decimal notation. */
export function isDecimal(text: string): boolean {
  return decimal.test(text);
}

/**
 * Compares two numbers digit by digit, however long they are and whatever their exponents: negative, zero or positive;
 * NaN when one of them is not a number.
 */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [parsed(left), parsed(right)];
  if (!a || !b) return NaN;
  if (a.sign !== b.sign) return a.sign - b.sign;
  return a.sign * compareMagnitudes(a, b);
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -1 : 1;
  return a.digits === b.digits ? 0 : a.digits < b.digits ? -1 : 1;
}

function parsed(text: string): Decimal | null {
  const found = decimal.exec(text);
  if (!found) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = found;
  const all = whole + fraction;
  const first = all.search(/[1-9]/);
  if (first < 0) return { sign: 0, digits: '', exponent: 0 };
  return {
    sign: sign === '-' ? -1 : 1,
    digits: withoutLastZeros(all.slice(first)),
    exponent: Number(exponent) + whole.length - first,
  };
}

/** A loop: a pattern that looks for the last zeros begins anew at each zero of a long number. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

import { parse } from 'lossless-json';
import { parseJson } from '../model/json.ts';
import { exactNumber, type ExactJson } from './exact-number.ts';

/** The value of a JSON text, its numbers with all their digits. Throws a `SyntaxError`. */
export function readJson(text: string): ExactJson {
  return mayLoseDigits(text) ? losslessly(text) : parseJson(text);
}

/** The value of a text; undefined when it is not JSON. */
export function readJsonIn(text: string): ExactJson | undefined {
  if (text === '') return undefined;
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

/** JSON's numbers. Others, such as `007` and `+5`, are not to be sent as numbers. */
export const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** 16 digits in a row, or an exponent, where a number may stand: what a double may change. */
const longNumber = /(?:[:,[\s]|^)-?(?:\d[\d.]{15}|[\d.]+[eE])/;

/** What may end a number with an exponent. */
const exponent = /\d[eE][-+]?\d+\s*(?:[,\]}]|$)/;

/** Most texts are done with the first line; strings of digits are told from numbers in the second. */
function mayLoseDigits(text: string): boolean {
  return (hasLongRun(text) || exponent.test(text)) && longNumber.test(text);
}

const runLength = 16;

/** Whether a text has so many digits, or points, in a row: every sixteenth character is one of a run, if there is one. */
function hasLongRun(text: string): boolean {
  for (let at = runLength - 1; at < text.length; at += runLength) {
    if (!isDigit(text, at)) continue;
    let [first, last] = [at, at];
    while (isDigit(text, first - 1)) first--;
    while (isDigit(text, last + 1) && last - first < runLength) last++;
    if (last - first + 1 >= runLength) return true;
  }
  return false;
}

const [point, zero, nine] = [46, 48, 57];

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= zero && code <= nine) || code === point;
}

const withDigits = new WeakSet<object>();

/** Whether a document was read by `readJson` so that its numbers keep their digits. */
export function keepsDigits(document: ExactJson): boolean {
  return typeof document === 'object' && document !== null && withDigits.has(document);
}

function losslessly(text: string): ExactJson {
  const value = parse(text, undefined, options);
  if (!isJson(value)) throw new SyntaxError('there is no value in the text');
  if (typeof value === 'object' && value !== null) withDigits.add(value);
  return value;
}

/** The package gives nothing else, and says "unknown". */
function isJson(value: unknown): value is ExactJson {
  return value !== undefined;
}

/** Of a key that stands twice the last value counts, as for `JSON.parse`. */
const options = {
  parseNumber: (text: string) => (String(Number(text)) === text ? Number(text) : exactNumber(text)),
  onDuplicateKey: ({ newValue }: { readonly newValue: unknown }) => newValue,
};

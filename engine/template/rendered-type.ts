import type { ConfigNode, Limits, Template } from '../model/template.ts';
import { parseBytes, parseMs } from '../model/units.ts';
import { isWithin, limitsText } from './limits.ts';

/** A rendered text that is not of the type that stands in its place. */
export class RenderedTypeError extends Error {
  readonly #wanted: string;

  constructor(path: string, expected: string, found: string) {
    const wanted = `${path} must be ${expected}`;
    super(`${wanted}, rendered as "${found}"`);
    this.#wanted = wanted;
    this.name = 'RenderedTypeError';
  }

  /** The same mistake, with another text in place of what was found. */
  quoting(found: string): Error {
    const error = new Error(`${this.#wanted}, rendered as "${found}"`);
    error.name = this.name;
    return error;
  }
}

/** Turns a rendered text into what stands in its place. `shown`: the text as a mistake may quote it. */
export type Convert = (text: string, shown: string) => unknown;

/** A value as it was rendered, to look at. */
type Check = (value: unknown, shown: string) => void;

/** What becomes of the text of a node; null: it stands there as it is. */
export function converter({
  as,
  path,
  pattern,
  limits,
}: Omit<Extract<ConfigNode, { readonly text: Template }>, 'text'>): Convert | null {
  const convert = as === 'string' ? null : typed(as, path);
  const check = limits ? limited(limits, path) : pattern === undefined ? null : matching(pattern, path);
  if (check === null) return convert;
  return (text, shown) => {
    const value = convert ? convert(text, shown) : text;
    check(value, shown);
    return value;
  };
}

function typed(as: keyof typeof expectations, path: string): Convert {
  const convert = conversions[as];
  return (text, shown) => {
    const value = convert(text);
    if (value === undefined) throw new RenderedTypeError(path, expectations[as], shown);
    return value;
  };
}

function matching(pattern: string, path: string): Check {
  const expected = new RegExp(pattern);
  return (value, shown) => {
    if (typeof value === 'string' && !expected.test(value)) {
      throw new RenderedTypeError(path, `a text that matches ${pattern}`, shown);
    }
  };
}

function limited(limits: readonly Limits[], path: string): Check {
  const expected = limitsText(limits);
  return (value, shown) => {
    if (!isWithin(value, limits)) throw new RenderedTypeError(path, expected, shown);
  };
}

const expectations = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  ms: 'a duration such as 30s or 500ms',
  bytes: 'a size such as 10GB or 8MiB',
  scalar: 'a text or a number',
} as const;

const conversions: Readonly<Record<keyof typeof expectations, (text: string) => unknown>> = {
  number: (text) => (text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text)),
  integer: (text) => (text.trim() === '' || !Number.isSafeInteger(Number(text)) ? undefined : Number(text)),
  boolean: (text) => ({ true: true, false: false })[text.trim().toLowerCase()],
  ms: (text) => parseMs(text) ?? undefined,
  bytes: (text) => parseBytes(text) ?? undefined,
  scalar: (text) => (text.trim() === '' || !Number.isFinite(Number(text)) ? text : Number(text)),
};

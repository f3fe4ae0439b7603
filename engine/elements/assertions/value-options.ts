import { compareDecimals } from '../../json/compare-decimals.ts';
import { isNumber } from '../../json/compare-json.ts';
import { isJsonMap, type ExactJson } from '../../json/exact-number.ts';
import { jsonText } from '../../json/json-text.ts';
import { jsonNumber } from '../../json/read-json.ts';
import type { Host } from '../../model/ports.ts';
import { parsePattern } from '../../template/pattern.ts';
import { isFound } from '../../template/pattern-cost.ts';
import { patternMistake } from '../pattern.ts';
import { remembered } from '../../template/remembered.ts';
import { shown } from '../shown.ts';
import { messageSchema, notSchema } from './text-options.ts';

const scalar = { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] } as const;

/** What may be expected of the values that a path finds. Without any, that there is one. */
export const valueSchema = {
  equals: {
    ...scalar,
    ifNull: 'Write isNull: true.',
    description:
      'The value; 5 and "5" are the same, as are 1.1 and 1.10; lists and objects are compared as JSON text.',
    examples: ['completed', 5],
  },
  oneOf: {
    type: 'array',
    items: scalar,
    minItems: 1,
    description: 'Values of which it must be one.',
    examples: [['completed', 'failed']],
  },
  contains: { type: 'string', description: 'A text that must be in the value.', examples: ['done'] },
  matches: {
    type: 'string',
    description: 'A regular expression that must be found in the value.',
    examples: ['^[A-Z]+-\\d+$'],
  },
  whole: {
    type: 'boolean',
    default: false,
    description: 'Whether `matches` must match all of the value.',
    examples: [true],
  },
  minLength: {
    type: 'integer',
    minimum: 0,
    description: 'The least number of items of a list, keys of an object, characters of a text.',
    examples: [1],
  },
  maxLength: {
    type: 'integer',
    minimum: 0,
    description: 'The greatest number of items, keys or characters.',
    examples: [100],
  },
  isNull: {
    type: 'boolean',
    description: 'Whether the value must be null, or must not be.',
    examples: [true],
  },
  ...notSchema,
  ...messageSchema,
} as const;

export interface ValueOptions {
  readonly equals?: string | number | boolean;
  readonly oneOf?: readonly (string | number | boolean)[];
  readonly contains?: string;
  readonly matches?: string;
  readonly whole: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly isNull?: boolean;
  readonly not: boolean;
  readonly message?: string;
}

/** Gives the failure, or null. `what` is what was looked for, as in `expected $.id to exist`. */
export type ValueJudge = (
  values: readonly ExactJson[],
  options: ValueOptions,
  asked: { readonly what: string; readonly host: Pick<Host, 'bounded'> },
) => string | null;

/**
 * Judges values: one of them must be all that is expected. Of a list, one item may be what is expected of a text,
 * as in JMeter (`JSONPathAssertion.java`). Nothing found fails, unless `not`.
 */
export function valueJudge(): ValueJudge {
  const found = remembered((text) => parsePattern(text));
  const whole = remembered((text) => parsePattern(text, { whole: true }));
  return (values, options, { what, host }) => {
    const patternOf = options.whole ? whole : found;
    const matches = (text: string, pattern: string) => isFound(patternOf(pattern), text, host);
    const passes = (value: ExactJson) => fits(value, options, matches);
    if (values.some(passes) !== options.not) return null;
    return options.message ?? sentence(values, options, what);
  };
}

export function valueMistake({ matches }: Readonly<Record<string, unknown>>): string | null {
  return matches === undefined ? null : patternMistake(matches);
}

function fits(
  value: ExactJson,
  options: ValueOptions,
  isMatch: (text: string, pattern: string) => boolean,
): boolean {
  const { equals, oneOf, contains, matches, isNull } = options;
  if (isNull !== undefined && (value === null) !== isNull) return false;
  if (!isLongEnough(value, options)) return false;
  const ones = Array.isArray(value) ? [value, ...value] : [value];
  const some = (test: (text: string) => boolean) => ones.some((one) => test(jsonText(one)));
  if (equals !== undefined && !ones.some((one) => isSame(one, String(equals)))) return false;
  if (oneOf && !ones.some((one) => oneOf.some((wanted) => isSame(one, String(wanted))))) return false;
  if (contains !== undefined && !some((text) => text.includes(contains))) return false;
  return matches === undefined || some((text) => isMatch(text, matches));
}

/** Numbers are the same when their values are: 1.10 and 1.1, however many digits they have. */
function isSame(value: ExactJson, wanted: string): boolean {
  if (jsonText(value) === wanted) return true;
  return isNumber(value) && jsonNumber.test(wanted) && compareDecimals(String(value), wanted) === 0;
}

/** What has no length, such as a number, is of none. */
function isLongEnough(value: ExactJson, { minLength, maxLength }: ValueOptions): boolean {
  if (minLength === undefined && maxLength === undefined) return true;
  const length = lengthOf(value);
  return length !== null && length >= (minLength ?? 0) && length <= (maxLength ?? Infinity);
}

function lengthOf(value: ExactJson): number | null {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isJsonMap(value) ? Object.keys(value).length : null;
}

function sentence(values: readonly ExactJson[], options: ValueOptions, what: string): string {
  const expected = wishes(options).join(' and ') || 'exist';
  const [first] = values;
  const others = values.length > 1 ? ` and ${values.length - 1} more` : '';
  const found = first === undefined ? 'nothing' : `${shownValue(first, options)}${others}`;
  return `expected ${what} ${options.not ? 'not ' : ''}to ${expected}, found ${found}`;
}

function wishes(options: ValueOptions): string[] {
  const { equals, oneOf, contains, matches, minLength, maxLength, isNull } = options;
  return [
    isNull === undefined ? '' : isNull ? 'be null' : 'be other than null',
    equals === undefined ? '' : `be ${shown(String(equals))}`,
    oneOf ? `be one of ${oneOf.map((one) => shown(String(one))).join(', ')}` : '',
    contains === undefined ? '' : `contain ${shown(contains)}`,
    matches === undefined ? '' : `match ${shown(matches)}`,
    minLength === undefined ? '' : `have a length of at least ${minLength}`,
    maxLength === undefined ? '' : `have a length of at most ${maxLength}`,
  ].filter(Boolean);
}

function shownValue(value: ExactJson, { minLength, maxLength }: ValueOptions): string {
  const length = minLength === undefined && maxLength === undefined ? null : lengthOf(value);
  const suffix = length === null ? '' : ` of length ${length}`;
  return (value === null ? 'null' : shown(jsonText(value))) + suffix;
}

import type { RenderScope } from '../../template/scope.ts';
import { applyToSchema } from '../apply-to.ts';
import type { Answer, Reads } from '../element.ts';
import { shown } from '../shown.ts';
import { readsOfPart, sourceSchema, sourceText } from '../source.ts';

/** One text or several. */
export const textsSchema = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
} as const;

/** The failure's text, which many assertions let the author choose. */
export const messageSchema = {
  message: {
    type: 'string',
    minLength: 1,
    description: 'The text of the failure instead of what was expected and found.',
    examples: ['the order is not complete'],
  },
} as const;

/** Where `contains`, `matches` and `equals` look, and how several texts count. */
export const textOptionsSchema = {
  any: {
    type: 'boolean',
    default: false,
    description: 'Whether one of several texts is enough; else all are needed.',
    examples: [true],
  },
  in: {
    enum: ['body', 'code', 'message', 'headers', 'requestHeaders', 'url', 'requestBody'],
    default: 'body',
    description: 'What to look at. `headers` starts with the status line.',
    examples: ['headers'],
  },
  ...applyToSchema,
  ...sourceSchema,
  ...messageSchema,
} as const;

/** What must be kept of an answer to look there. */
export const textReads = (config: Readonly<Record<string, unknown>>): readonly Reads[] =>
  readsOfPart(config['in'], config['source']);

/** Turns each of the texts around: none of them may be there. */
export const notSchema = {
  not: {
    type: 'boolean',
    default: false,
    description: 'Whether the opposite is expected.',
    examples: [true],
  },
} as const;

interface TextOptions {
  readonly any: boolean;
  readonly in: keyof typeof partNames;
  readonly source?: string;
  readonly message?: string;
  readonly not: boolean;
}

const partNames = {
  body: 'the body',
  code: 'the code',
  message: 'the message',
  headers: 'the headers',
  requestHeaders: 'the headers of the request',
  url: 'the URL',
  requestBody: 'the body of the request',
} as const;

export interface TextTest {
  /** `contain`, `match`, `equal`. */
  readonly verb: string;
  readonly wanted: string | readonly string[];
  readonly holds: (text: string, wanted: string) => boolean;
}

/**
 * Tests a text against one or several: all must hold, or with `any` one. `not` turns each of them around
 * (`ResponseAssertion.java`). Gives the failure, or null.
 *
 * JMeter fails an answer without a text whatever is expected of it; here an empty text is a text.
 */
export function textFailure(
  answer: Answer,
  user: RenderScope,
  { verb, wanted, holds }: TextTest,
  options: TextOptions,
): string | null {
  const text = sourceText(answer, user, { source: options.source, part: options.in });
  const passes = (one: string) => holds(text, one) !== options.not;
  if (typeof wanted === 'string') {
    if (passes(wanted)) return null;
  } else if (options.any ? wanted.some(passes) : wanted.every(passes)) return null;
  if (options.message !== undefined) return options.message;
  const failed = typeof wanted === 'string' ? [wanted] : wanted.filter((one) => !passes(one));
  const list = options.any ? failed.map(shown).join(' or ') : shown(failed[0] ?? '');
  const what = options.source === undefined ? partNames[options.in] : `the variable ${options.source}`;
  return `expected ${what} ${options.not ? 'not ' : ''}to ${verb} ${list}, found ${shown(text)}`;
}

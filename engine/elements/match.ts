import type { RenderScope } from '../template/scope.ts';

/** The options that extractors share: which match, and what when there is none. */
export const matchSchema = {
  match: {
    anyOf: [{ enum: ['first', 'random', 'all'] }, { type: 'integer', minimum: 1 }],
    default: 'first',
    description:
      'Which of several matches: `first`, a number from 1, `random`, or `all`, which sets `x_1`, `x_2` … and their number `x_matchNr`.',
    examples: ['random'],
  },
  default: {
    type: 'string',
    default: '',
    description: 'The value when nothing matches.',
    examples: ['none'],
  },
  required: {
    type: 'boolean',
    literal: true,
    default: false,
    description:
      'Whether the sample fails when nothing matches. In any case `run.json` and the summary count by label and variable how often nothing did, in samples that had not failed before.',
    examples: [true],
  },
} as const;

export interface MatchOptions {
  readonly match: 'first' | 'random' | 'all' | number;
  readonly default: string;
}

/** The variables that an extractor with these options sets. */
export function matchVariables(variable: string, { match }: Readonly<Record<string, unknown>>): string[] {
  return match === 'all'
    ? [variable, `${variable}_matchNr`, `${variable}_*`]
    : [variable, `${variable}_matchNr`];
}

/**
 * Stores the chosen match, and in `<variable>_matchNr` how many there were.
 *
 * `all` sets `x_1` … `x_n` and takes away what an earlier, longer result left (`JSONPostProcessor.java`);
 * `x` itself is then only set, to the default, when nothing matches.
 *
 * Gives the place of the chosen match, from 0; the first for `all`; -1 when there is none.
 */
export function chooseMatch(
  user: RenderScope,
  variable: string,
  values: readonly string[],
  { match, default: otherwise }: MatchOptions,
): number {
  let chosen = -1;
  if (match === 'all') {
    const before = Number(user.get(`${variable}_matchNr`) ?? 0);
    values.forEach((value, index) => user.set(`${variable}_${index + 1}`, value));
    for (let n = values.length + 1; n <= before; n++) user.unset(`${variable}_${n}`);
    if (values.length === 0) user.set(variable, otherwise);
    else chosen = 0;
  } else {
    const number =
      match === 'first' ? 1 : match === 'random' ? 1 + Math.floor(user.random() * values.length) : match;
    if (number <= values.length) chosen = number - 1;
    user.set(variable, values[chosen] ?? otherwise);
  }
  user.set(`${variable}_matchNr`, String(values.length));
  return chosen;
}

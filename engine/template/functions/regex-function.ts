import { globalPattern } from '../global-pattern.ts';
import { allMatches } from '../pattern-cost.ts';
import { remembered } from '../remembered.ts';
import type { RenderScope } from '../scope.ts';
import { argument, type TemplateFunction } from './function.ts';

/**
 * `${__regexFunction(regex,$1$,match,between,default,name,input)}`: searches a variable's text and fills groups into
 * the template. The match is a number from 1, `RAND`, `ALL` (joined by `between`) or a share between 0 and 1. With a
 * name, that variable and `name_matchNr`, `name_g0`, `name_g1` … are set (`RegexFunction.java`).
 *
 * Only variables are searched: without an input variable the result is the default, where JMeter searches the
 * previous answer.
 */
export const regexFunction: TemplateFunction = {
  name: '__regexFunction',
  description:
    'What a regular expression finds in the text of a variable, its groups filled into a template.',
  example: {
    template: '${__regexFunction(id=(\\d+),issue $1$,1,,none,,page)}',
    given: { page: 'id=17&id=18' },
    gives: 'issue 17',
  },
  minArguments: 2,
  maxArguments: 7,
  usage: '(regex, template, [match = 1], [between], [default], [variable], input variable)',
  setsVariable: 5,
  alsoSets: (variable) => [
    `${variable}_matchNr`,
    ...Array.from({ length: 10 }, (_, n) => `${variable}_g${n}`),
  ],
  check(text, index) {
    if (index === 0) globalPattern(text);
    if (index === 2 && text.trim() !== '' && !/^(?:ALL|RAND)$/.test(text.trim())) position(text.trim(), 0);
  },
  make(args) {
    const [regex, template, between] = [argument(args, 0), argument(args, 1), argument(args, 3)];
    const [otherwise, name, input] = [argument(args, 4), argument(args, 5), argument(args, 6)];
    const which = argument(args, 2, '1');
    const patterns = remembered(globalPattern);
    return (scope) => {
      const variable = name(scope).trim();
      const text = scope.get(input(scope).trim()) ?? '';
      const all = text === '' ? [] : allMatches(patterns(regex(scope)), text, scope.host);
      const chosen = chosenMatches(all, which(scope).trim(), scope);
      const pieces = template(scope);
      const result = chosen.map((match) => filled(pieces, match)).join(between(scope));
      const value = chosen.length > 0 ? result : otherwise(scope);
      if (variable) store({ variable, value, matches: all.length, last: chosen.at(-1) }, scope);
      return value;
    };
  },
};

function chosenMatches(
  all: readonly RegExpExecArray[],
  which: string,
  scope: RenderScope,
): readonly RegExpExecArray[] {
  if (which === 'ALL') return all;
  const match = all[which === 'RAND' ? Math.floor(scope.random() * all.length) : position(which, all.length)];
  return match ? [match] : [];
}

/** From 0. A whole number counts matches; a fraction is a share of them. */
function position(which: string, matches: number): number {
  const value = Number(which);
  if (Number.isNaN(value))
    throw new RangeError(`__regexFunction has no match "${which}": write 1, RAND, ALL or 0.5`);
  return /^[-+]?\d+$/.test(which) ? value - 1 : Math.max(0, Math.floor(matches * value + 0.5) - 1);
}

function filled(template: string, match: RegExpExecArray): string {
  return template.replaceAll(/\$(\d+)\$/g, (_, group: string) => match[Number(group)] ?? '');
}

interface Found {
  readonly variable: string;
  readonly value: string;
  readonly matches: number;
  readonly last: RegExpExecArray | undefined;
}

function store({ variable, value, matches, last }: Found, scope: RenderScope): void {
  scope.set(variable, value);
  scope.set(`${variable}_matchNr`, String(matches));
  last?.forEach((group: string | undefined, index) => scope.set(`${variable}_g${index}`, group ?? ''));
}

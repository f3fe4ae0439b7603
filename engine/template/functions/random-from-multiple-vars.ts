import type { RenderScope } from '../scope.ts';
import { argument, storing, type TemplateFunction } from './function.ts';

/**
 * `${__RandomFromMultipleVars(a|b,variable)}`: one of all values that extractors found: `a_1` to `a_n` where
 * `a_matchNr` is n, or `a` itself where there is no such number (`RandomFromMultipleVars.java`). None: no text.
 */
export const randomFromMultipleVars: TemplateFunction = {
  name: '__RandomFromMultipleVars',
  description: 'One of all the values, by chance, that extractors put into several variables.',
  example: {
    template: '${__RandomFromMultipleVars(open|closed)}',
    given: { open_1: 'a', open_2: 'b', open_matchNr: '2', closed: 'c' },
    gives: 'b',
    varies: true,
  },
  minArguments: 1,
  maxArguments: 2,
  usage: '(variable | variable, [variable])',
  setsVariable: 1,
  make(args) {
    const names = argument(args, 0);
    return storing(args, 1, (scope) => {
      const values = names(scope)
        .trim()
        .split('|')
        .flatMap((name) => valuesOf(name, scope));
      return values[Math.floor(scope.random() * values.length)] ?? '';
    });
  },
};

function valuesOf(name: string, scope: RenderScope): readonly string[] {
  const matches = Number(scope.get(`${name}_matchNr`) ?? 0);
  if (matches > 0) return Array.from({ length: matches }, (_, n) => scope.get(`${name}_${n + 1}`) ?? '');
  return [scope.get(name) ?? ''].filter((value) => value !== '');
}

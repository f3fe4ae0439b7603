import { globalPattern } from '../global-pattern.ts';
import { within } from '../pattern-cost.ts';
import { remembered } from '../remembered.ts';
import { argument, storing, type TemplateFunction } from './function.ts';

/**
 * `${__strReplaceRegex(text,regex,replacement,variable)}`: every match; `$1` in the replacement is a group, `$0` the
 * match, a backslash makes the next character plain (jmeter-plugins, Java's `replaceAll`).
 */
export const strReplaceRegex: TemplateFunction = {
  name: '__strReplaceRegex',
  description: 'The text with every match of a regular expression replaced; `$1` is a group, `$0` the match.',
  example: { template: '${__strReplaceRegex(issue-17,([a-z]+)-(\\d+),$2 of $1)}', gives: '17 of issue' },
  minArguments: 3,
  maxArguments: 4,
  usage: '(text, regex, replacement, [variable])',
  setsVariable: 3,
  check(text, index) {
    if (index === 1) globalPattern(text);
  },
  make(args) {
    const [text, regex, replacement] = [argument(args, 0), argument(args, 1), argument(args, 2)];
    const patterns = remembered(globalPattern);
    return storing(args, 3, (scope) => {
      const [written, pattern, given] = [replacement(scope), patterns(regex(scope)), text(scope)];
      const act = () => given.replaceAll(pattern, (...match: readonly unknown[]) => filled(written, match));
      return within(pattern, given, { host: scope.host, act });
    });
  },
};

function filled(replacement: string, match: readonly unknown[]): string {
  return replacement.replaceAll(/\\(.)|\$(\d)/gs, (_, plain: string | undefined, group: string) => {
    if (plain !== undefined) return plain;
    const found = match[Number(group)];
    return typeof found === 'string' ? found : '';
  });
}

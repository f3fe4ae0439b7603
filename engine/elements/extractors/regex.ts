import type { RenderScope } from '../../template/scope.ts';
import { applyToSchema, foundIn } from '../apply-to.ts';
import { type Answer, defineExtractor } from '../element.ts';
import { chooseMatch, matchSchema, matchVariables } from '../match.ts';
import { parsePattern } from '../../template/pattern.ts';
import { allMatches } from '../../template/pattern-cost.ts';
import { groupCount, patternMistake } from '../pattern.ts';
import { remembered } from '../../template/remembered.ts';
import { readsOfPart, sourceSchema, sourceText } from '../source.ts';
import { clearGroups, storeGroups } from './groups.ts';
import { matchTemplate, templateMistake } from './match-template.ts';
import { fromSchema } from './text-parts.ts';

/**
 * `{ regex: 'id=(\d+)' }`: text that a regular expression finds, and its groups (`RegexExtractor.java`).
 *
 * The chosen match sets `x`, `x_g` (number of groups), `x_g0` (the whole match), `x_g1` …; `all` sets the same of
 * `x_1`, `x_2` …. Groups that an earlier answer left are taken away.
 */
export const regex = defineExtractor({
  kind: 'regex',
  jmeter: 'Regular Expression Extractor',
  example: `
- get: /healing/issues
  extract:
    status: { regex: '"status":"(\\w+)"', match: 1 }
    json: { regex: 'application/(\\w+)', from: headers }
- get: { path: /healing/issues, query: { status: '\${status}' } }
`,
  reads: ({ from, source }) => readsOfPart(from, source),
  schema: {
    type: 'object',
    description: 'Takes what a regular expression finds.',
    additionalProperties: false,
    required: ['regex'],
    properties: {
      regex: {
        type: 'string',
        minLength: 1,
        description:
          "A regular expression in JavaScript's syntax, found anywhere; (?i), (?s), (?m) may stand at its start.",
        examples: ['name="token" value="([^"]+)"'],
      },
      template: {
        type: 'string',
        description:
          'What to make of a match: `$1$` is group 1, `$0$` all of it. Without one, group 1, or all where there is no group.',
        examples: ['$1$-$2$'],
      },
      ...fromSchema,
      ...sourceSchema,
      ...applyToSchema,
      ...matchSchema,
    },
  },
  check: ({ regex: pattern, template }) => patternMistake(pattern) ?? templateMistake(pattern, template),
  sets: (variable, config) => [...matchVariables(variable, config), ...groupVariables(variable, config)],
  build(variable, config) {
    const patternOf = remembered((text) => {
      const pattern = parsePattern(text, { global: true });
      return { pattern, usual: groupCount(pattern) > 0 ? '$1$' : '$0$' };
    });
    const templateOf = remembered(matchTemplate);
    return (answer, user) => {
      const options = config.render(user);
      const { pattern, usual } = patternOf(options.regex);
      const { source, from: part } = options;
      const find = (one: Answer) => allMatches(pattern, sourceText(one, user, { source, part }), user.host);
      const matches = foundIn(answer, options.applyTo, find);
      const values = matches.map(templateOf(options.template ?? usual));
      const before = Number(user.get(`${variable}_matchNr`) ?? 0);
      const place = chooseMatch(user, variable, values, options);
      const chosen = matches[place];
      if (options.match === 'all') storeAll(user, variable, { matches, before });
      else if (chosen) storeGroups(user, variable, chosen);
      else clearGroups(user, variable, 0);
      return place >= 0;
    };
  },
});

/** With `all`, the groups belong to the family `x_*`; those of a pattern with `${…}` are counted while the plan runs. */
function groupVariables(
  variable: string,
  { match, regex: pattern }: Readonly<Record<string, unknown>>,
): string[] {
  if (match === 'all') return [];
  if (typeof pattern !== 'string' || pattern.includes('${') || patternMistake(pattern) !== null) {
    return [`${variable}_g`, `${variable}_g*`];
  }
  const numbers = Array.from({ length: groupCount(parsePattern(pattern)) + 1 }, (_, n) => n);
  return [`${variable}_g`, ...numbers.map((n) => `${variable}_g${n}`)];
}

function storeAll(
  user: RenderScope,
  variable: string,
  { matches, before }: { readonly matches: readonly RegExpExecArray[]; readonly before: number },
): void {
  matches.forEach((match, index) => storeGroups(user, `${variable}_${index + 1}`, match));
  for (let n = matches.length + 1; n <= before; n++) clearGroups(user, `${variable}_${n}`, 0);
}

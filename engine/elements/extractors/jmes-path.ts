import type { ExactJson } from '../../json/exact-number.ts';
import { applyToSchema, foundIn } from '../apply-to.ts';
import { type Answer, defineExtractor } from '../element.ts';
import { matchTexts } from '../../json/json-text.ts';
import { chooseMatch, matchSchema, matchVariables } from '../match.ts';
import { jmesPathParser } from '../queries/parsers.ts';
import { sourceJson, sourceSchema } from '../source.ts';

/**
 * `{ jmesPath: 'data.items[*].id' }`: values out of a JSON answer. A list is as many matches as it has items
 * (`JMESPathExtractor.java`); `null` counts as no match.
 */
export const jmesPath = defineExtractor({
  kind: 'jmesPath',
  jmeter: 'JSON JMESPath Extractor',
  example: `
- get: /healing/issues
  extract:
    issueId: { jmesPath: "data.items[?status == 'open'].id", match: random }
- get: /healing/issues/\${issueId}
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'Takes a value out of a JSON answer.',
    additionalProperties: false,
    required: ['jmesPath'],
    properties: {
      jmesPath: {
        type: 'string',
        minLength: 1,
        description: 'A JMESPath. Each item of a list is a match.',
        examples: ["data.items[?status == 'open'].id"],
      },
      ...sourceSchema,
      ...applyToSchema,
      ...matchSchema,
    },
  },
  load: jmesPathParser.load,
  check: ({ jmesPath: path }) => jmesPathParser.use.jmesPathMistake(path),
  sets: matchVariables,
  build: (variable, config) => (answer, user) => {
    const options = config.render(user);
    const find = (one: Answer) => matchTexts(found(options.jmesPath, sourceJson(one, user, options.source)));
    return chooseMatch(user, variable, foundIn(answer, options.applyTo, find), options) >= 0;
  },
});

function found(path: string, document: ExactJson | undefined): ExactJson[] {
  if (document === undefined) return [];
  const result = jmesPathParser.use.jmesPathResult(path, document);
  return Array.isArray(result) ? result : [result];
}

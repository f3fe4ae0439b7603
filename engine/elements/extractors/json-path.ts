import { applyToSchema, foundIn } from '../apply-to.ts';
import { type Answer, defineExtractor } from '../element.ts';
import { matchTexts } from '../../json/json-text.ts';
import { chooseMatch, matchSchema, matchVariables } from '../match.ts';
import { jsonPathMistake, jsonPathQuery } from '../queries/json-path.ts';
import { remembered } from '../../template/remembered.ts';
import { sourceJson, sourceSchema } from '../source.ts';

/**
 * `{ jsonPath: $.data.id }`: values out of a JSON answer, by RFC 9535. Objects and lists are given as JSON text;
 * `null` counts as no match, as in JMeter (`JSONManager.java`).
 */
export const jsonPath = defineExtractor({
  kind: 'jsonPath',
  jmeter: 'JSON Extractor',
  example: `
- get: /healing/issues
  extract:
    first: $.data.items[0].id # the short form
    any: { jsonPath: '$.data.items[*].id', match: random }
    issueId: { jsonPath: '$.data.items[*].id', match: all } # issueId_1, issueId_2 … issueId_matchNr
- get: /healing/issues/\${any}
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'Takes a value out of a JSON answer.',
    additionalProperties: false,
    required: ['jsonPath'],
    properties: {
      jsonPath: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'A JSONPath (RFC 9535).',
        examples: ['$.data.items[*].id'],
      },
      ...sourceSchema,
      ...applyToSchema,
      ...matchSchema,
    },
  },
  check: ({ jsonPath: path }) => jsonPathMistake(path),
  sets: matchVariables,
  build(variable, config) {
    const queryOf = remembered(jsonPathQuery);
    return (answer, user) => {
      const options = config.render(user);
      const query = queryOf(options.jsonPath);
      const find = (one: Answer) => matchTexts(query(sourceJson(one, user, options.source), user.host));
      return chooseMatch(user, variable, foundIn(answer, options.applyTo, find), options) >= 0;
    };
  },
});

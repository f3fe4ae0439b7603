import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';
import { jsonPathMistake, jsonPathQuery } from '../queries/json-path.ts';
import { remembered } from '../../template/remembered.ts';
import { sourceJson, sourceSchema } from '../source.ts';
import { notJson } from './not-json.ts';
import { valueJudge, valueMistake, valueSchema } from './value-options.ts';

/**
 * `{ jsonPath: $.status, equals: done }`: a JSON answer holds a value, by RFC 9535.
 *
 * What is not JSON fails, also with `not`; in JMeter "Invert" lets it pass.
 */
export const jsonPath = defineAssertion({
  kind: 'jsonPath',
  jmeter: 'JSON Assertion',
  example: `
- get: /healing/issues
  assert:
    - jsonPath: $.data.items
      minLength: 1
    - jsonPath: $.data.items[0].status
      oneOf: [open, analyzed, fixing, resolved]
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'A value that must be in a JSON answer.',
    additionalProperties: false,
    required: ['jsonPath'],
    properties: {
      jsonPath: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'A JSONPath (RFC 9535). Without more, something must be there.',
        examples: ['$.data.items'],
      },
      ...valueSchema,
      ...applyToSchema,
      ...sourceSchema,
    },
  },
  check: (config) => jsonPathMistake(config['jsonPath']) ?? valueMistake(config),
  build(config) {
    const queryOf = remembered(jsonPathQuery);
    const judge = valueJudge();
    return (answer, user) => {
      const options = config.render(user);
      const document = sourceJson(answer, user, options.source);
      if (document === undefined) return options.message ?? notJson(answer, user, options.source);
      const asked = { what: options.jsonPath, host: user.host };
      return judge(queryOf(options.jsonPath)(document, user.host), options, asked);
    };
  },
});

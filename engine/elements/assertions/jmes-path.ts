import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';
import { jmesPathParser } from '../queries/parsers.ts';
import { sourceJson, sourceSchema } from '../source.ts';
import { notJson } from './not-json.ts';
import { valueJudge, valueMistake, valueSchema } from './value-options.ts';

/**
 * `{ jmesPath: 'length(items)', equals: 3 }`: a JSON answer holds a value (`JMESPathAssertion.java`).
 *
 * JMESPath gives null for what is missing: only `isNull` takes it for a value.
 */
export const jmesPath = defineAssertion({
  kind: 'jmesPath',
  jmeter: 'JSON JMESPath Assertion',
  example: `
- get: { path: /healing/issues, query: { limit: 5 } }
  assert:
    - jmesPath: length(data.items)
      equals: 5
`,
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'A value that must be in a JSON answer.',
    additionalProperties: false,
    required: ['jmesPath'],
    properties: {
      jmesPath: {
        type: 'string',
        minLength: 1,
        description: 'A JMESPath. Without more, it must give something other than null.',
        examples: ['length(data.items)'],
      },
      ...valueSchema,
      ...applyToSchema,
      ...sourceSchema,
    },
  },
  load: jmesPathParser.load,
  check: (config) => jmesPathParser.use.jmesPathMistake(config['jmesPath']) ?? valueMistake(config),
  build(config) {
    const judge = valueJudge();
    return (answer, user) => {
      const options = config.render(user);
      const document = sourceJson(answer, user, options.source);
      if (document === undefined) return options.message ?? notJson(answer, user, options.source);
      const value = jmesPathParser.use.jmesPathResult(options.jmesPath, document);
      const values = value === null && options.isNull === undefined ? [] : [value];
      return judge(values, options, { what: options.jmesPath, host: user.host });
    };
  },
});

import { defineAssertion } from '../element.ts';
import { notSchema, textFailure, textOptionsSchema, textsSchema, textReads } from './text-options.ts';

/** `{ contains: ok }`: a text is in the answer (`ResponseAssertion.java`, "Substring"). */
export const contains = defineAssertion({
  kind: 'contains',
  jmeter: 'Response Assertion',
  example: `
- get: /healing/issues
  assert:
    - contains: '"items"'
    - contains: [application/json, application/problem+json]
      in: headers
      any: true # one of the two
`,
  reads: textReads,
  schema: {
    type: 'object',
    description: 'A text that must be in the answer.',
    additionalProperties: false,
    required: ['contains'],
    properties: {
      contains: {
        ...textsSchema,
        description: 'The text, or several of which all must be there.',
        examples: ['"status":"ok"', ['alpha', 'beta']],
      },
      ...textOptionsSchema,
      ...notSchema,
    },
  },
  build: (config) => (answer, user) => {
    const options = config.render(user);
    const test = { verb: 'contain', wanted: options.contains, holds };
    return textFailure(answer, user, test, options);
  },
});

const holds = (text: string, wanted: string) => text.includes(wanted);

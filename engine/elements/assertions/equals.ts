import { defineAssertion } from '../element.ts';
import { notSchema, textFailure, textOptionsSchema, textsSchema, textReads } from './text-options.ts';

/** `{ equals: pong }`: the answer is this text (`ResponseAssertion.java`, "Equals"). */
export const equals = defineAssertion({
  kind: 'equals',
  jmeter: 'Response Assertion',
  example: `
- get: /health
  assert:
    - equals: '200'
      in: code
`,
  reads: textReads,
  schema: {
    type: 'object',
    description: 'The text that the answer must be.',
    additionalProperties: false,
    required: ['equals'],
    properties: {
      equals: {
        ...textsSchema,
        description: 'The text; or several, with `any`.',
        examples: ['pong', ['pong', 'ping']],
      },
      ...textOptionsSchema,
      ...notSchema,
    },
  },
  build: (config) => (answer, user) => {
    const options = config.render(user);
    return textFailure(answer, user, { verb: 'equal', wanted: options.equals, holds }, options);
  },
});

const holds = (text: string, wanted: string) => text === wanted;

import { defineAssertion } from '../element.ts';
import { textFailure, textOptionsSchema, textsSchema, textReads } from './text-options.ts';

/** `{ notContains: error }`: a text is not in the answer. */
export const notContains = defineAssertion({
  kind: 'notContains',
  jmeter: 'Response Assertion',
  example: `
- get: /healing/issues
  assert:
    - notContains: [Exception, Traceback] # neither of them
`,
  reads: textReads,
  schema: {
    type: 'object',
    description: 'A text that must not be in the answer.',
    additionalProperties: false,
    required: ['notContains'],
    properties: {
      notContains: {
        ...textsSchema,
        description: 'The text, or several of which none may be there.',
        examples: ['Exception', ['error', 'failed']],
      },
      ...textOptionsSchema,
    },
  },
  build: (config) => (answer, user) => {
    const options = config.render(user);
    const test = { verb: 'contain', wanted: options.notContains, holds };
    return textFailure(answer, user, test, { ...options, not: true });
  },
});

const holds = (text: string, wanted: string) => text.includes(wanted);

import { defineProcessor } from '../element.ts';

/** `{ unset: [token] }`: the user's variables of these names are no more; `${token}` then stays as it is written. */
export const unset = defineProcessor({
  kind: 'unset',
  example: `
- set: { token: secret }
- get: /health
  after:
    - unset: [token]
- if: "\${token} == ''"
  steps:
    - get: /version
`,
  reads: [],
  schema: {
    type: 'object',
    description: 'Removes variables.',
    additionalProperties: false,
    required: ['unset'],
    properties: {
      unset: {
        type: 'array',
        minItems: 1,
        description: 'Their names.',
        examples: [['token']],
        items: { type: 'string', minLength: 1 },
      },
    },
  },
  // Not a constant any more, where it was one.
  sets: ({ unset: names }) => (Array.isArray(names) ? names.map(String) : []),
  build: (config) => (user) => {
    for (const name of config.render(user).unset) user.unset(name);
  },
});

import { defineProcessor } from '../element.ts';
import { assign, variablesSchema } from '../variables.ts';

/** `{ set: { started: "${__time()}" } }`: sets variables of the user. */
export const setProcessor = defineProcessor({
  kind: 'set',
  example: `
- set: { status: open } # as a step
- get: { path: /healing/issues, query: { status: '\${status}' }, headers: { X-Ticket: '\${ticket}' } }
  before:
    - set: { ticket: 't-\${__time()}' }
`,
  reads: [],
  schema: {
    type: 'object',
    description: 'Sets variables.',
    additionalProperties: false,
    required: ['set'],
    properties: { set: variablesSchema },
  },
  sets: ({ set }) => Object.keys(typeof set === 'object' && set !== null ? set : {}),
  build: (config) => (user) => assign(user, config.render(user).set),
});

import { defineController } from '../element.ts';
import { assign, variablesSchema } from '../variables.ts';

/** `set: { page: 1 }`: sets variables of the user. All values are rendered before the first is set. */
export const set = defineController({
  kind: 'set',
  example: `
- set: { status: open, limit: 5 }
- get: { path: /healing/issues, query: { status: '\${status}', limit: '\${limit}' } }
`,
  schema: variablesSchema,
  label: () => 'set',
  sets: (config) => Object.keys(config),
  build({ config }) {
    return (user) => {
      assign(user, config.render(user));
      return 'next';
    };
  },
});

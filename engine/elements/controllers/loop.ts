import { defineController } from '../element.ts';
import { passes } from '../passes.ts';

/** `loop: 5`: its steps, so many times. The index, from 0, is in `${__jm__<name>__idx}`. */
export const loop = defineController({
  kind: 'loop',
  jmeter: 'Loop Controller',
  example: `
- loop: 3
  name: pages
  steps:
    - get: { path: /echo, query: { page: '\${__jm__pages__idx}' } } # 0, 1, 2
`,
  scalar: 'count',
  children: 'steps',
  loops: true,
  schema: {
    type: 'object',
    description: 'Repeats its steps.',
    additionalProperties: false,
    required: ['count'],
    properties: {
      count: {
        anyOf: [{ type: 'integer', minimum: 0, maximum: 1_000_000_000 }, { const: 'forever' }],
        description: 'How many times; 0 is never. `forever` ends with the group’s duration.',
        examples: [5],
      },
    },
  },
  label: () => 'loop',
  build({ config, label, steps }) {
    return (user) => {
      const { count } = config.render(user);
      const times = count === 'forever' ? Infinity : count;
      return passes(user, {
        name: label(user),
        steps,
        more: (pass) => pass < times,
        endless: times === Infinity,
      });
    };
  },
});

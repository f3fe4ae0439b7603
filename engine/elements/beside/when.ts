import { defineController } from '../element.ts';

/**
 * `when: "${id} != ''"` beside a step: the step, if the condition holds; else it is left out, and counted under its
 * label. Unlike `if`, which is a choice, a guard that does not hold is something to be told: the plan wanted the step.
 */
export const when = defineController({
  kind: 'when',
  example: `- get: /users
  extract: { id: '$.data.items[0].id' }
- get: /users/\${id}
  when: "\${id} != ''"
`,
  children: 'steps',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['condition'],
    properties: { condition: { type: ['string', 'boolean'], render: 'condition' } },
  },
  build({ config, label, steps }) {
    return (user) => {
      if (config.render(user).condition) return steps(user);
      user.skip(label(user));
      return 'next';
    };
  },
});

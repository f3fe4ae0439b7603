import { defineController } from '../element.ts';

/**
 * `once:` its steps in the first pass of the innermost loop only, each time that loop is entered; without a loop
 * around it, in the user's first iteration. JMeter's Once Only Controller (`OnceOnlyController.java`).
 */
export const once = defineController({
  kind: 'once',
  jmeter: 'Once Only Controller',
  example: `
- loop: 3
  steps:
    - once: # in the first pass
      steps:
        - get: /version
    - get: /health
`,
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Runs its steps once.',
    additionalProperties: false,
    properties: {
      per: {
        enum: ['loop', 'user'],
        literal: true,
        default: 'loop',
        description:
          '`loop`: in the first pass of the innermost loop, whenever that is entered. `user`: the first time a user comes here.',
        examples: ['user'],
      },
    },
  },
  label: () => 'once',
  build({ config, steps }) {
    const site = {};
    return (user) => {
      if (config.render(user).per === 'loop') return user.loopPass === 0 ? steps(user) : 'next';
      const visited = user.state(site, () => ({ yet: false }));
      if (visited.yet) return 'next';
      visited.yet = true;
      return steps(user);
    };
  },
});

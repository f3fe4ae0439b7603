import { defineController } from '../element.ts';

/**
 * `once:` its steps once. Directly in a loop, that is each time the loop is entered; anywhere else, such as in a
 * transaction in a loop, once for the user. JMeter's Once Only Controller (`OnceOnlyController.java`), which only hears
 * of the passes of the controller it stands in.
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
        description:
          '`loop`: in the first pass of the innermost loop, whenever that is entered. `user`: the first time a user comes here. Without it as in JMeter: directly in a loop (`loop`, `while`, `poll`, `matrix`) each time that is entered, anywhere else once for the user.',
        examples: ['user'],
      },
    },
  },
  label: () => 'once',
  build({ config, steps, inLoop }) {
    const site = {};
    return (user) => {
      const { per = inLoop ? 'loop' : 'user' } = config.render(user);
      if (per === 'loop') return user.loopPass === 0 ? steps(user) : 'next';
      const visited = user.state(site, () => ({ yet: false }));
      if (visited.yet) return 'next';
      visited.yet = true;
      return steps(user);
    };
  },
});

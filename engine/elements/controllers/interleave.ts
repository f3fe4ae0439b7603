import { defineController } from '../element.ts';
import { oneOf } from './one-of.ts';

/**
 * `interleave:` one of its steps each time, in turn. A controller among them is one step and runs whole: JMeter's
 * style 1 (`InterleaveControl.java`).
 */
export const interleave = defineController({
  kind: 'interleave',
  jmeter: 'Interleave Controller',
  example: `
- loop: 4
  steps:
    - interleave: # health, status, health, status
      steps:
        - get: /health
        - get: /status
`,
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Runs one of its steps each time it is entered, in turn.',
    additionalProperties: false,
    properties: {
      acrossUsers: {
        type: 'boolean',
        default: false,
        description: 'Whether users begin with different steps: the second user with the second, and so on.',
        examples: [true],
      },
    },
  },
  label: () => 'interleave',
  build(site) {
    const { children, config } = site;
    return oneOf(site, (user) => {
      const turn = user.state(site, () => ({ next: 0 }));
      const offset = config.render(user).acrossUsers ? user.threadNumber - 1 : 0;
      return children[(turn.next++ + offset) % children.length];
    });
  },
});

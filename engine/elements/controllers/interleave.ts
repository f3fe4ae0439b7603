import { blocksSchema } from '../blocks-schema.ts';
import { defineController, type ElementUser, type Run } from '../element.ts';
import { stepByStep } from '../step-by-step.ts';
import { oneOf } from './one-of.ts';

/**
 * `interleave:` one of its steps each time, in turn. A controller among them is one step and runs whole, JMeter's
 * style 1; with `blocks: ignore`, style 0, one of the steps inside it is run each time (`InterleaveControl.java`).
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
    - interleave: { blocks: ignore } # health, status, version, status
      steps:
        - simple:
          steps:
            - get: /health
            - get: /version
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
        description:
          'Whether users begin with different steps: the second user with the second, and so on. JMeter\'s "Interleave across threads".',
        examples: [true],
      },
      ...blocksSchema,
    },
  },
  label: () => 'interleave',
  build(site) {
    const { children, config } = site;
    const turnOf = (user: ElementUser) =>
      user.state(site, () => ({
        next: config.render(user).acrossUsers ? (user.threadNumber - 1) % children.length : 0,
      }));
    const whole = oneOf(site, (user) => children[turnOf(user).next++ % children.length]);
    const turns = {
      from: (user: ElementUser) => turnOf(user).next,
      had: (user: ElementUser, place: number) => void (turnOf(user).next = place + 1),
    };
    let single: Run | undefined;
    return (user) => {
      if (config.render(user).blocks !== 'ignore') return whole(user);
      single ??= stepByStep(site, turns);
      return single(user);
    };
  },
});

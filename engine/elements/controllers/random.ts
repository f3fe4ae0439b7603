import { blocksSchema } from '../blocks-schema.ts';
import { defineController, type ElementUser, type Run } from '../element.ts';
import { stepByStep } from '../step-by-step.ts';
import { oneOf } from './one-of.ts';

/**
 * `random:` one of its steps each time, drawn evenly; the same may come again. JMeter's Random Controller with its style
 * 1; with `blocks: ignore`, style 0, one of the steps inside the drawn one is run each time (`RandomController.java`).
 */
export const random = defineController({
  kind: 'random',
  jmeter: 'Random Controller',
  example: `
- random: # one of them
  steps:
    - get: /health
    - get: /status
- random: { blocks: ignore } # a step of one of them
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
    description: 'Runs one of its steps each time it is entered, by chance.',
    additionalProperties: false,
    properties: blocksSchema,
  },
  label: () => 'random',
  build(site) {
    const { children, config } = site;
    const drawn = (user: ElementUser) => Math.floor(user.random() * children.length);
    const whole = oneOf(site, (user) => children[drawn(user)]);
    const turns = { from: drawn, had: () => undefined };
    let single: Run | undefined;
    return (user) => {
      if (config.render(user).blocks !== 'ignore') return whole(user);
      single ??= stepByStep(site, turns);
      return single(user);
    };
  },
});

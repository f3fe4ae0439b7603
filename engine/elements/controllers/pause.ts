import { durationDraw, durationRangeMistake, durationUnits } from '../duration-range.ts';
import { defineController } from '../element.ts';
import { sleepFor } from '../waited.ts';

/**
 * `pause: 1s` or `pause: 1s..3s` (uniform): the user waits. A pause that would outlast the group's duration ends
 * the user instead, as a timer does in JMeter (`TimerService.java`).
 */
export const pause = defineController({
  kind: 'pause',
  jmeter: 'Flow Control Action',
  example: `
- get: /health
- pause: 10ms..30ms # drawn evenly; or one duration: 1s
- get: /status
`,
  scalar: 'for',
  schema: {
    type: 'object',
    description: 'Waits before the next step: think time.',
    additionalProperties: false,
    required: ['for'],
    properties: {
      for: {
        type: 'string',
        units: durationUnits,
        description: 'A duration, or two with `..` between them for one drawn evenly from that range.',
        examples: ['1s', '1s..3s', '${think_time}'],
      },
    },
  },
  label: () => 'pause',
  check: ({ for: text }) => durationRangeMistake(text),
  build({ config }) {
    const draw = durationDraw();
    return async (user) =>
      (await sleepFor(user, draw(config.render(user).for, user))) === 'over' ? 'stopThread' : 'next';
  },
});

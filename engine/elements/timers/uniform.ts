import { durationDraw, durationRangeMistake, durationUnits } from '../duration-range.ts';
import { defineTimer } from '../element.ts';

/** `uniform: 1s..3s`: a delay drawn evenly from a range. JMeter's "delay" is the least, its "range" what is above it. */
export const uniform = defineTimer({
  kind: 'uniform',
  jmeter: 'Uniform Random Timer',
  example: `
- get: /health
  timers:
    - uniform: 5ms..15ms
`,
  schema: {
    type: 'object',
    description: 'A delay drawn evenly from a range.',
    additionalProperties: false,
    required: ['uniform'],
    properties: {
      uniform: {
        type: 'string',
        units: durationUnits,
        description: 'Two durations with `..` between them, the smaller first.',
        examples: ['1s..3s'],
      },
    },
  },
  check: ({ uniform: text }) => durationRangeMistake(text),
  build(config) {
    const draw = durationDraw();
    return (user) => draw(config.render(user).uniform, user);
  },
});

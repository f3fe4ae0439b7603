import { defineTimer } from '../element.ts';
import { poissonDraw } from '../poisson-draw.ts';

/** `{ poisson: 100ms, delay: 300ms }`: a delay, and on top of it milliseconds drawn from a Poisson distribution. */
export const poisson = defineTimer({
  kind: 'poisson',
  jmeter: 'Poisson Random Timer',
  example: `
- get: /health
  timers:
    - poisson: 10ms
      delay: 5ms # 5 ms, and about 10 ms more
`,
  schema: {
    type: 'object',
    description: 'A delay whose random part has a Poisson distribution.',
    additionalProperties: false,
    required: ['poisson'],
    properties: {
      poisson: {
        type: 'string',
        unit: 'ms',
        description: 'The mean of the random part, JMeter’s lambda.',
        examples: ['100ms'],
      },
      delay: {
        type: 'string',
        unit: 'ms',
        default: '0s',
        description: 'What is always waited.',
        examples: ['300ms'],
      },
    },
  },
  build: (config) => (user) => {
    const { poisson: meanMs, delay: delayMs } = config.render(user);
    return delayMs + poissonDraw(meanMs, () => user.random());
  },
});

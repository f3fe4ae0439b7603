import { defineTimer, type ElementUser } from '../element.ts';

/**
 * `{ gaussian: 300ms, deviation: 100ms }`: a delay around a mean, normally distributed. What would be negative
 * counts as positive, as in JMeter (`GaussianRandomTimer.java`).
 */
export const gaussian = defineTimer({
  kind: 'gaussian',
  jmeter: 'Gaussian Random Timer',
  example: `
- get: /health
  timers:
    - gaussian: 20ms
      deviation: 5ms
`,
  schema: {
    type: 'object',
    description: 'A delay around a mean, normally distributed.',
    additionalProperties: false,
    required: ['gaussian', 'deviation'],
    properties: {
      gaussian: { type: 'string', unit: 'ms', description: 'The mean.', examples: ['300ms'] },
      deviation: {
        type: 'string',
        unit: 'ms',
        description: 'The standard deviation: two thirds of the delays are at most so far from the mean.',
        examples: ['100ms'],
      },
    },
  },
  build: (config) => (user) => {
    const { gaussian: meanMs, deviation: deviationMs } = config.render(user);
    return Math.abs(meanMs + deviationMs * standardNormal(user));
  },
});

/** Box and Muller's transformation of two even draws. */
function standardNormal(user: ElementUser): number {
  return Math.sqrt(-2 * Math.log(1 - user.random())) * Math.cos(2 * Math.PI * user.random());
}

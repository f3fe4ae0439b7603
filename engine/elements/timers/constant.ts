import { defineTimer } from '../element.ts';

/** `constant: 300ms`: the same delay before every sampler. JMeter's Constant Timer. */
export const constantTimer = defineTimer({
  kind: 'constant',
  jmeter: 'Constant Timer',
  example: `
- get: /health
  timers:
    - constant: 10ms
`,
  schema: {
    type: 'object',
    description: 'The same delay each time.',
    additionalProperties: false,
    required: ['constant'],
    properties: {
      constant: { type: 'string', unit: 'ms', description: 'The delay.', examples: ['300ms'] },
    },
  },
  build: (config) => (user) => config.render(user).constant,
});

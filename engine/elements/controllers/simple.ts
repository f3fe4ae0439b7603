import { defineController } from '../element.ts';

/** `simple:` its steps, once: a place for what applies to several steps. JMeter's Simple Controller. */
export const simple = defineController({
  kind: 'simple',
  jmeter: 'Simple Controller',
  example: `
- simple:
  defaults: { http: { headers: { X-Area: monitoring } } } # for both
  assert: [{ duration: 5s }]
  steps:
    - get: /monitoring/metrics
    - get: /monitoring/alerts
`,
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Groups its steps, so that defaults, timers or assertions apply to them together.',
    additionalProperties: false,
    properties: {},
    examples: [{}],
  },
  label: () => 'simple',
  build: ({ steps }) => steps,
});

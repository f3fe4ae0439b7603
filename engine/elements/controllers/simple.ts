import { defineController } from '../element.ts';

/** `simple:` its steps, once: a place for what applies to several steps. JMeter's Simple Controller. */
export const simple = defineController({
  kind: 'simple',
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

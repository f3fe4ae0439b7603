import { formatMs } from '../../model/units.ts';
import { applyToSchema } from '../apply-to.ts';
import { defineAssertion } from '../element.ts';

/** `{ duration: 2s }`: the sample took no longer (`DurationAssertion.java`: more than the limit fails). */
export const duration = defineAssertion({
  kind: 'duration',
  jmeter: 'Duration Assertion',
  example: `
- get: /health
  assert:
    - duration: 5s
`,
  reads: [],
  schema: {
    type: 'object',
    description: 'The longest that the sample may take.',
    additionalProperties: false,
    required: ['duration'],
    properties: {
      duration: { type: 'string', unit: 'ms', description: 'The limit.', examples: ['2s'] },
      ...applyToSchema,
    },
  },
  build(config) {
    return (answer, user) => {
      const limitMs = config.render(user).duration;
      if (answer.elapsedMs <= limitMs) return null;
      return `took ${formatMs(answer.elapsedMs)}, longer than ${formatMs(limitMs)}`;
    };
  },
});

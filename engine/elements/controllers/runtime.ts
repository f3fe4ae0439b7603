import { defineController, type Run } from '../element.ts';
import { passes } from '../passes.ts';

/**
 * `runtime: 30s`: its steps again and again for so long, as JMeter's Runtime Controller: the time is looked at
 * before each step, a step under way is finished. 0 is never. Unlike there, it is a loop: `breakLoop` leaves it.
 */
export const runtime = defineController({
  kind: 'runtime',
  jmeter: 'Runtime Controller',
  example: `
- runtime: 50ms
  steps:
    - get: /health
    - pause: 10ms
`,
  scalar: 'for',
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Repeats its steps for some time.',
    additionalProperties: false,
    required: ['for'],
    properties: {
      for: { type: 'string', unit: 'ms', description: 'How long.', examples: ['30s'] },
    },
  },
  label: () => 'runtime',
  build({ config, label, children, data }) {
    const runs = [data, ...children.map(({ run }) => run)];
    return (user) => {
      const untilEpochMs = user.nowEpochMs() + config.render(user).for;
      const more = () => user.nowEpochMs() < untilEpochMs;
      return passes(user, { name: label(user), steps: whileTimed(runs, more), more, endless: true });
    };
  },
});

function whileTimed(runs: readonly Run[], more: () => boolean): Run {
  return async (user) => {
    for (const run of runs) {
      if (!more()) return 'next';
      const flow = await run(user);
      if (flow !== 'next') return flow;
    }
    return 'next';
  };
}

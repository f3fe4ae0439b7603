import { defineController, type ElementUser } from '../element.ts';

/**
 * `throughput: { percent: 30 }` or `{ total: 100 }`: its steps in so many of the times it is entered. Not by
 * chance: after n times they have run ⌈(percent · n − 50) / 100⌉ times, which is where JMeter's
 * `ThroughputController.java` arrives step by step. Half means every second time, beginning with the second.
 *
 * Counts all users of all workers together, unless `perUser` (JMeter's default).
 */
export const throughput = defineController({
  kind: 'throughput',
  jmeter: 'Throughput Controller',
  example: `
- loop: 4
  steps:
    - get: /health
    - throughput: 50 # percent: every second time
      steps:
        - get: /status
`,
  scalar: 'percent',
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Runs its steps in a share of the times it is entered, or so many times in all.',
    additionalProperties: false,
    properties: {
      percent: {
        type: 'number',
        minimum: 0,
        maximum: 100,
        description: 'The share of times, evenly spread.',
        examples: [30],
      },
      total: {
        type: 'integer',
        minimum: 0,
        maximum: 2_000_000_000,
        description: 'The first so many times, then never again.',
        examples: [100],
      },
      perUser: {
        type: 'boolean',
        default: false,
        description: 'Whether each user counts for itself.',
        examples: [true],
      },
    },
  },
  label: () => 'throughput',
  check: ({ percent, total }) =>
    (percent === undefined) === (total === undefined)
      ? 'expected either percent or total, one of them. Write throughput: { percent: 30 }'
      : null,
  build(site) {
    return (user) => {
      const { percent, total, perUser } = site.config.render(user);
      const time = perUser ? ownTime(user, site) : user.sharedAdd(site.slot, 1);
      const isRun =
        total === undefined
          ? runsAfter(time, percent ?? 0) > runsAfter(time - 1, percent ?? 0)
          : time <= total;
      return isRun ? site.steps(user) : 'next';
    };
  },
});

/** From 1: how often the user has come here. */
function ownTime(user: ElementUser, site: object): number {
  const entered = user.state(site, () => ({ times: 0 }));
  entered.times += 1;
  return entered.times;
}

function runsAfter(times: number, percent: number): number {
  return Math.ceil((percent * times - 50) / 100);
}

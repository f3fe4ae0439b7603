import { defineTimer, type ElementSite, type ElementUser } from '../element.ts';
import { intervalMs, rateMistake, rateUnits } from '../rate.ts';

/**
 * `throughput: 60/m`: delays so that samples start at that rate and no faster. JMeter's Constant Throughput Timer
 * (`ConstantThroughputTimer.java`): the first is not delayed, and who falls behind does not catch up.
 *
 * `user` and the `…Active` modes keep a schedule for each user; the latter stretch it by the users active at that
 * moment. The `…Shared` modes keep one schedule, over all workers. It holds for all samplers in scope together.
 */
export const throughputTimer = defineTimer({
  kind: 'throughput',
  jmeter: 'Constant Throughput Timer',
  example: `
- loop: 3
  timers:
    - throughput: 6000/m # one every 10 ms, over all users
  steps:
    - get: /health
`,
  schema: {
    type: 'object',
    description: 'Delays so that samples start at a rate and no faster.',
    additionalProperties: false,
    required: ['throughput'],
    properties: {
      throughput: { type: 'string', units: rateUnits, description: 'The rate.', examples: ['60/m', '2/s'] },
      mode: {
        enum: ['user', 'allActive', 'groupActive', 'allShared', 'groupShared'],
        literal: true,
        default: 'allShared',
        description:
          'Whose rate it is. `user`: each user’s. `allActive`, `groupActive`: of all users, or of the group’s, each with its part. `allShared`, `groupShared`: the same, from one schedule that whoever comes next continues.',
        examples: ['user'],
      },
    },
  },
  check: ({ throughput }) => rateMistake(throughput),
  build(config, site) {
    let last = { text: '', everyMs: 0 };
    return (user) => {
      const { throughput: text, mode } = config.render(user);
      if (last.text !== text) last = { text, everyMs: intervalMs(text) };
      const next = turn(user, site, { mode, everyMs: last.everyMs });
      return next - user.dueEpochMs;
    };
  },
});

type Mode = 'user' | 'allActive' | 'groupActive' | 'allShared' | 'groupShared';

/** When the user's turn is. */
function turn(
  user: ElementUser,
  site: ElementSite,
  { mode, everyMs }: { readonly mode: Mode; readonly everyMs: number },
): number {
  const after = (lastEpochMs: number, gapMs: number) =>
    lastEpochMs === 0 ? user.dueEpochMs : Math.max(user.dueEpochMs, lastEpochMs + gapMs);
  switch (mode) {
    case 'allShared':
      return sharedTurn('all');
    case 'groupShared':
      return sharedTurn('group');
    case 'user':
      return ownTurn(1);
    case 'allActive':
      return ownTurn(user.allThreads);
    case 'groupActive':
      return ownTurn(user.groupThreads);
  }

  function sharedTurn(among: 'all' | 'group'): number {
    // Rounding to the microsecond may fall behind what is due.
    const next = user.sharedTime(site.slot, among, (last) => after(last, everyMs));
    return Math.max(user.dueEpochMs, next);
  }

  function ownTurn(users: number): number {
    const own = user.state(site, () => ({ lastEpochMs: 0 }));
    own.lastEpochMs = after(own.lastEpochMs, everyMs * Math.max(1, users));
    return own.lastEpochMs;
  }
}

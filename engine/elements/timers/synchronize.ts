import { defineTimer } from '../element.ts';
import { waitedFor } from '../waited.ts';

/**
 * `synchronize: 10`: waits until so many users, over all workers, stand here; then they start together. JMeter's
 * Synchronizing Timer. Who waits longer than `timeout`, or until its time is up, goes on alone.
 */
export const synchronize = defineTimer({
  kind: 'synchronize',
  jmeter: 'Synchronizing Timer',
  example: `
- get: /health
  timers:
    - synchronize: all # the users of the group start together
      timeout: 5s
`,
  schema: {
    type: 'object',
    description: 'Waits until so many users are here, then lets them start together.',
    additionalProperties: false,
    required: ['synchronize'],
    properties: {
      synchronize: {
        anyOf: [{ type: 'integer', minimum: 1 }, { const: 'all' }],
        description: 'How many users; `all` are those of the group.',
        examples: [10, 'all'],
      },
      timeout: {
        type: 'string',
        unit: 'ms',
        default: '0s',
        description: 'How long to wait for the others; 0 is without limit.',
        examples: ['30s'],
      },
    },
  },
  build: (config, site) => async (user) => {
    const { synchronize: wanted, timeout: timeoutMs } = config.render(user);
    const leftMs = Math.max(1, user.endEpochMs - user.nowEpochMs());
    const limitMs = Math.min(timeoutMs === 0 ? Infinity : timeoutMs, leftMs);
    const users = wanted === 'all' ? user.plannedThreads : wanted;
    await user.rendezvous(site.slot, users, limitMs === Infinity ? 0 : limitMs);
    waitedFor(user);
    return user.nowEpochMs() >= user.endEpochMs ? Infinity : 0;
  },
});

import { defineController } from '../element.ts';
import { waitedFor } from '../waited.ts';

/**
 * `critical: stock`: its steps, while no other user of any worker is inside a section of that name, in any place
 * of the plan. Users come in the order in which they arrived. A user already inside goes on, as with JMeter's
 * (reentrant) lock. A name that renders blank locks nothing.
 */
export const critical = defineController({
  kind: 'critical',
  jmeter: 'Critical Section Controller',
  example: `
- critical: till # one user of the worker at a time
  steps:
    - get: /health
`,
  scalar: 'lock',
  children: 'steps',
  whole: true,
  schema: {
    type: 'object',
    description: 'Lets one user at a time into its steps, of all workers.',
    additionalProperties: false,
    properties: {
      lock: {
        type: 'string',
        default: 'global_lock',
        description: 'The name of the lock; sections with the same name exclude each other. Blank: none.',
        examples: ['stock'],
      },
    },
  },
  label: () => 'critical',
  build({ config, steps }) {
    return async (user) => {
      const name = config.render(user).lock.trim();
      const held = user.state(heldLocks, () => new Set<string>());
      if (name === '' || held.has(name)) return steps(user);
      const release = await user.lock(name);
      held.add(name);
      try {
        waitedFor(user);
        return user.isOver() ? 'stopThread' : await steps(user);
      } finally {
        held.delete(name);
        release();
      }
    };
  },
});

const heldLocks = {};

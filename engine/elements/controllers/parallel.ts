import { defineController, type ChildStep, type ElementUser, type Flow } from '../element.ts';
import { farther } from '../farther.ts';

/**
 * `parallel:` its steps at the same time, as the same user: variables, connections and cookies are shared. What
 * follows begins when all have ended. When several say where to go, the farthest wins.
 */
export const parallel = defineController({
  kind: 'parallel',
  jmeter: 'bzm - Parallel Controller',
  example: `
- parallel: 2 # at most two at once, as a browser loads a page
  steps:
    - get: /health
    - get: /version
    - get: /status
`,
  scalar: 'limit',
  children: 'steps',
  whole: true,
  schema: {
    type: 'object',
    description: 'Runs its steps at the same time.',
    additionalProperties: false,
    properties: {
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: 10_000,
        description: 'How many run at once; the others follow in order. Without it: all.',
        examples: [6],
      },
    },
  },
  label: () => 'parallel',
  build({ config, children, data }) {
    return async (user) => {
      const moved = await data(user);
      if (moved !== 'next') return moved;
      const limit = Math.min(config.render(user).limit ?? Infinity, children.length);
      return together(user, children, limit);
    };
  },
});

async function together(user: ElementUser, children: readonly ChildStep[], limit: number): Promise<Flow> {
  const waiting = [...children];
  const strands: ElementUser[] = [];
  let farthest: Flow = 'next';
  const lane = async () => {
    let dueEpochMs = user.dueEpochMs;
    for (let child = waiting.shift(); child && farthest === 'next'; child = waiting.shift()) {
      const strand = user.strand();
      strand.dueEpochMs = dueEpochMs;
      strands.push(strand);
      const flow = await child.run(strand);
      farthest = farther(farthest, flow);
      dueEpochMs = strand.dueEpochMs;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: limit }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  user.joined(strands);
  return farthest;
}

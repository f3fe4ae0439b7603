import { defineController, type ElementUser, type Flow, type Run } from '../element.ts';

/** `loop: 5`: its steps, so many times. The index, from 0, is in `${__jm__<name>__idx}`. */
export const loop = defineController({
  kind: 'loop',
  scalar: 'count',
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Repeats its steps.',
    additionalProperties: false,
    required: ['count'],
    properties: {
      count: {
        anyOf: [{ type: 'integer', minimum: 0, maximum: 1_000_000_000 }, { const: 'forever' }],
        description: 'How many times; 0 is never. `forever` ends with the group’s duration.',
        examples: [5],
      },
    },
  },
  label: () => 'loop',
  build({ config, label, steps }) {
    return (user) => {
      const { count } = config.render(user);
      return repeat(user, steps, `__jm__${label(user)}__idx`, count === 'forever' ? Infinity : count);
    };
  },
});

async function repeat(user: ElementUser, steps: Run, index: string, times: number): Promise<Flow> {
  for (let n = 0; n < times; n++) {
    if (user.stopping && times === Infinity) return 'next';
    user.set(index, String(n));
    const waitsBefore = user.waits;
    const flow = await steps(user);
    if (flow !== 'next') return flow;
    if (user.waits === waitsBefore && (await user.giveWay()) === 'stopThread') return 'stopThread';
  }
  return 'next';
}

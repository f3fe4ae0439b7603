import { defineController, type ElementUser } from '../element.ts';

/** `randomOrder:` all of its steps, in an order drawn anew each time. JMeter's Random Order Controller. */
export const randomOrder = defineController({
  kind: 'randomOrder',
  jmeter: 'Random Order Controller',
  example: `
- randomOrder: # all of them
  steps:
    - get: /health
    - get: /status
    - get: /version
`,
  children: 'steps',
  schema: {
    type: 'object',
    description: 'Runs all of its steps, each time in another order.',
    additionalProperties: false,
    properties: {},
    examples: [{}],
  },
  label: () => 'randomOrder',
  build({ children, data }) {
    return async (user) => {
      const moved = await data(user);
      if (moved !== 'next') return moved;
      for (const { run } of shuffled(children, user)) {
        const flow = await run(user);
        if (flow !== 'next') return flow;
      }
      return 'next';
    };
  },
});

/** Every item once, each drawn evenly from those that are left. */
function* shuffled<T>(items: readonly T[], user: ElementUser): Generator<T> {
  const left = [...items];
  while (left.length > 0) yield* left.splice(Math.floor(user.random() * left.length), 1);
}

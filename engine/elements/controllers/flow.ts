import { defineController, type ElementUser } from '../element.ts';

/**
 * `flow: triage`: the steps of a flow, here. `compile` puts them in place. JMeter's Module Controller; with the plan's
 * `include`, its Include Controller.
 *
 * What stands under `with`, and the defaults of the flow's own parameters, are variables while the steps run. All are
 * rendered before the first is set. Afterwards, whichever way the steps end, they are what they were before.
 */
export const flow = defineController({
  kind: 'flow',
  jmeter: 'Module Controller',
  example: `
flows:
  look:
    parameters: { status: { default: open } } # or, without parameters, the list of steps at once
    steps:
      - get: { path: /healing/issues, query: { status: '\${status}' } }
threadGroups:
  - name: Readers
    steps:
      - flow: look
      - flow: { name: look, with: { status: resolved } }
`,
  scalar: 'name',
  schema: {
    type: 'object',
    description: 'Runs the steps of a flow of that name, defined under `flows:`.',
    additionalProperties: false,
    required: ['name'],
    properties: {
      name: { type: 'string', literal: true, description: 'The flow’s name.', examples: ['triage'] },
      with: {
        type: 'object',
        default: {},
        description: 'Variables for the steps of the flow; afterwards they are what they were before.',
        propertyNames: { type: 'string', literal: true, pattern: '^[^\\s${}(),]+$' },
        examples: [{ issueId: '${id}', mode: 'fast' }],
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
    },
  },
  label: ({ name }) => String(name),
  sets: ({ with: given }) => (typeof given === 'object' && given !== null ? Object.keys(given) : []),
  build({ config, steps }) {
    return async (user) => {
      const given = Object.entries(config.render(user).with);
      const before = given.map(([name]) => [name, user.get(name)] as const);
      for (const [name, value] of given) user.set(name, String(value));
      try {
        return await steps(user);
      } finally {
        for (const [name, value] of before) putBack(user, name, value);
      }
    };
  },
});

function putBack(user: ElementUser, name: string, value: string | undefined): void {
  if (value === undefined) user.unset(name);
  else user.set(name, value);
}

import { defineController } from '../element.ts';

/** `flow: triage`: the steps of a flow, here. `compile` puts them in place. */
export const flow = defineController({
  kind: 'flow',
  jmeter: 'Module Controller',
  example: `
flows:
  look:
    - get: /healing/issues
    - pause: 10ms
threadGroups:
  - name: Readers
    steps:
      - flow: look
      - get: /version
`,
  scalar: 'name',
  schema: {
    type: 'object',
    description: 'Runs the steps of a flow of that name, defined under `flows:`.',
    additionalProperties: false,
    required: ['name'],
    properties: {
      name: { type: 'string', literal: true, description: 'The flow’s name.', examples: ['triage'] },
    },
  },
  label: ({ name }) => String(name),
  build: ({ steps }) => steps,
});

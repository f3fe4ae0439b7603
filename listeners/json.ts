import type { ListenerKind } from '../engine/model/listener.ts';

/** `json`: once asked for `run.json`, which every run writes by now; plans that name it still run. */
export const json: ListenerKind = {
  kind: 'json',
  example: `
listeners:
  - json
`,
  schema: {
    type: 'object',
    additionalProperties: false,
    description: 'Changes nothing: every run writes its result to run.json. Older plans name it.',
    properties: {},
  },
  create: () => ({}),
};

import type { JsonSchema } from '../model/json-schema.ts';
import { codePattern, scopeKeys, variableName } from './scope-keys.ts';

/** A list of steps. What a step is depends on the language, so its items are read one by one. */
export const stepList: JsonSchema = {
  type: 'array',
  minItems: 1,
  description: 'Samplers and controllers, in the order in which a user performs them.',
  examples: [[{ get: '/health' }]],
};

export const enabledKey: JsonSchema = {
  type: 'boolean',
  literal: true,
  default: true,
  description: 'False: left out of the run.',
  examples: [false],
};

/** A guard: beside a step, and in a branch. */
export const whenKey = {
  type: ['string', 'boolean'],
  render: 'condition',
  description:
    'A comparison as in `if`. When it does not hold, the step is left out, and counted under its label: the summary and run.json tell how often.',
  examples: ["${issueId} != ''"],
} as const satisfies JsonSchema;

/** A code as in `expect`, or how the sample was judged. */
const outcomePattern = `^(${codePattern}|ok|failed)$`;

/** The keys that stand in a step beside its kind. */
export const stepKeys = {
  name: {
    type: 'string',
    minLength: 1,
    description: 'The label of its samples. Without it the kind makes one, such as GET /issues.',
    examples: ['Log in'],
  },
  enabled: enabledKey,
  steps: stepList,
  export: {
    type: 'array',
    minItems: 1,
    description: 'In setUp: variables that every user sees once set-up is over.',
    default: [],
    examples: [['token']],
    items: variableName,
  },
  when: whenKey,
  on: {
    type: 'object',
    minProperties: 1,
    description:
      'Beside a sampler: steps by what became of the sample. By code as in `expect`, of which the most exact that matches runs, then `ok` or `failed`, assertions included.',
    examples: [{ 404: [{ unset: ['id'] }], failed: [{ log: 'not created', level: 'WARN' }] }],
    propertyNames: {
      type: 'string',
      literal: true,
      pattern: outcomePattern,
      examples: ['404', '2xx', 'failed'],
    },
    additionalProperties: stepList,
  },
  cleanUp: {
    ...stepList,
    description:
      'Steps that undo this one. Once it has succeeded they are kept, with the variables as they are then, and run when the user ends, the last kept first; those of setUp in the tear-down. Written to the JTL, not counted.',
    examples: [[{ delete: '/users/${id}' }]],
  },
  chance: {
    description:
      'How likely the step is to run, drawn whenever a user comes to it; otherwise the user goes on.',
    examples: ['30%', 0.3],
    anyOf: [
      { type: 'number', minimum: 0, maximum: 1 },
      { type: 'string', pattern: '^(100|[0-9]{1,2}([.][0-9]+)?)%$', examples: ['30%'] },
    ],
  },
  every: {
    type: 'integer',
    minimum: 1,
    description: 'Runs the step in every nth iteration of a user: 10 is the tenth, the twentieth …',
    examples: [10],
  },
  ...scopeKeys,
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** Kinds are keys of a step too, so that other keys are looked at by the reader of steps. */
export const stepSchema: JsonSchema = { type: 'object', properties: stepKeys };

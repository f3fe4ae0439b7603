import type { JsonSchema } from '../model/json-schema.ts';
import { scopeKeys, variableName } from './scope-keys.ts';

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
  ...scopeKeys,
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** Kinds are keys of a step too, so that other keys are looked at by the reader of steps. */
export const stepSchema: JsonSchema = { type: 'object', properties: stepKeys };

import type { JsonSchema } from '../model/json-schema.ts';
import { loadKeys } from '../model/load-keys.ts';
import { scopeKeys } from './scope-keys.ts';
import { enabledKey, stepList } from './step-keys.ts';

/** What the mapping form of `setUp:` and `tearDown:` has. */
export const partSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['steps'],
  properties: {
    steps: stepList,
    measure: {
      type: 'boolean',
      literal: true,
      default: false,
      description: 'Whether its samples count like those of the load.',
      examples: [true],
    },
  },
} as const satisfies JsonSchema;

/** A list of steps, or a mapping that holds one. */
function partKey(description: string, steps: readonly unknown[]): JsonSchema {
  return { description, examples: [steps, { measure: true, steps }], anyOf: [stepList, partSchema] };
}

/** A thread group as it is written: its load, its steps, and what applies to them. */
export const groupSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  description: 'A number of users who all do the same.',
  properties: {
    name: {
      type: 'string',
      literal: true,
      minLength: 1,
      description: 'The name of the group, used once. Users are named after it: Shoppers 1-7.',
      examples: ['Shoppers'],
    },
    description: {
      type: 'string',
      literal: true,
      description: 'For readers.',
      default: '',
      examples: ['A busy hour.'],
    },
    enabled: enabledKey,
    flow: {
      type: 'string',
      literal: true,
      description: 'Name of the flow that the users run. Either this or steps:.',
      examples: ['triage'],
    },
    steps: stepList,
    setUp: partKey(
      'Steps that each user performs once, before its first iteration. A failed sample ends the user. Not counted, unless `measure: true`.',
      [{ post: '/source-systems' }],
    ),
    tearDown: partKey(
      'Steps that each user performs once, after its last iteration, also when its time is up or the run is stopped. Not counted, unless `measure: true`.',
      [{ delete: '/source-systems/${id}' }],
    ),
    ...loadKeys,
    ...scopeKeys,
  },
} as const satisfies JsonSchema;

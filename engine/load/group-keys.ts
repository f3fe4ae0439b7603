import type { JsonSchema } from '../model/json-schema.ts';
import { loadKeys } from '../model/load-keys.ts';
import { scopeKeys } from './scope-keys.ts';
import { enabledKey, stepList } from './step-keys.ts';

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
    ...loadKeys,
    ...scopeKeys,
  },
} as const satisfies JsonSchema;

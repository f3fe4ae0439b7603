import type { JsonSchema } from '../model/json-schema.ts';

const rule = {
  type: 'string',
  minLength: 1,
  description:
    'An aggregation, a measure, perhaps a selector, and a limit. ${name} may stand for what is known before the run.',
  examples: ['p95(elapsed) < 500ms', 'error_rate < ${most_errors}'],
} as const;

/** A rule: a text, or a mapping that holds one. */
export const ruleSchema = {
  anyOf: [
    rule,
    { type: 'object', required: ['threshold'], additionalProperties: false, properties: { threshold: rule } },
  ],
} as const satisfies JsonSchema;

const limit = { type: ['string', 'number'] } as const satisfies JsonSchema;
const tagKey = { type: 'string', literal: true, pattern: '^[\\w.-]+$', examples: ['size'] } as const;

/** Limits under each other, as deep as there are keys. */
function limitsWithin(depth: number): JsonSchema {
  const inside = depth === 0 ? limit : { anyOf: [limit, limitsWithin(depth - 1)] };
  return { type: 'object', minProperties: 1, additionalProperties: inside };
}

const deepestTable = 4;

/** A rule for each of the limits. */
export const tableSchema = {
  type: 'object',
  required: ['measure', 'by', 'limits'],
  additionalProperties: false,
  description: 'Limits of one measure, by the values of tags, such as the axes of a matrix: a rule for each.',
  properties: {
    measure: {
      type: 'string',
      minLength: 1,
      description:
        'An aggregation and a measure, perhaps with a selector for all of them; or a ratio, both sides of which then are of the same values.',
      examples: [
        'p95(elapsed)',
        'p95(elapsed){phase=load}',
        'ratio of med(elapsed){technique=optimised} to {technique=original}',
      ],
    },
    by: {
      description: 'The tags, outermost first: by these the limits are written.',
      examples: ['size', ['component', 'size']],
      anyOf: [tagKey, { type: 'array', minItems: 1, maxItems: deepestTable, items: tagKey }],
    },
    limits: {
      ...limitsWithin(deepestTable - 1),
      description:
        'The limits, by the values of the tags. Without an operator before it, a limit is the most that may be: `<=`.',
      examples: [{ ingestion: { small: '1s', medium: '5s' }, quality: { small: '500ms', medium: '< 2s' } }],
    },
  },
} as const satisfies JsonSchema;

/** A rule, or a table of them. */
export const thresholdSchema: JsonSchema = { anyOf: [...ruleSchema.anyOf, tableSchema] };

const replaces = {
  description:
    'Thresholds of the plan that this one replaces, by their text: all of it, or what stands before the operator; of a table its measure.',
  examples: ['p95(elapsed) < 500ms', ['error_rate', 'p95(elapsed)']],
  anyOf: [
    { type: 'string', literal: true, minLength: 1 },
    { type: 'array', minItems: 1, items: { type: 'string', literal: true, minLength: 1 } },
  ],
} as const satisfies JsonSchema;

/** The same in an environment, where they may replace some of the plan. */
export const ownRuleSchema = {
  anyOf: [rule, { ...ruleSchema.anyOf[1], properties: { ...ruleSchema.anyOf[1].properties, replaces } }],
} as const satisfies JsonSchema;

export const ownTableSchema = {
  ...tableSchema,
  properties: { ...tableSchema.properties, replaces },
} as const satisfies JsonSchema;

export const environmentThresholdSchema: JsonSchema = { anyOf: [...ownRuleSchema.anyOf, ownTableSchema] };

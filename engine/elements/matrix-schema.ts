import type { JsonSchema } from '../model/json-schema.ts';

const scalar = { type: ['string', 'number', 'boolean'] } as const satisfies JsonSchema;

/** Names of axes are names of tags and of variables. */
const axisName = {
  type: 'string',
  literal: true,
  pattern: '^[A-Za-z_][\\w-]*$',
  examples: ['size'],
} as const satisfies JsonSchema;

/** Names, or names with what they stand for. */
const axis = {
  description: 'The values: a list, or a map with what each name stands for.',
  anyOf: [
    { type: 'array', minItems: 1, items: scalar },
    {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        anyOf: [scalar, { type: 'object', minProperties: 1, additionalProperties: scalar }],
      },
    },
  ],
} as const satisfies JsonSchema;

/** Cells by the values of some axes. */
const cells = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    minProperties: 1,
    propertyNames: axisName,
    additionalProperties: { anyOf: [scalar, { type: 'array', minItems: 1, items: scalar }] },
  },
} as const satisfies JsonSchema;

/** `matrix`, and what stands beside it. */
export const matrixSchema = {
  type: 'object',
  description:
    'Runs its steps once for each cell of a table, round by round, and labels and tags the samples with the values of the cell.',
  additionalProperties: false,
  required: ['matrix'],
  properties: {
    matrix: {
      type: 'object',
      minProperties: 1,
      maxProperties: 8,
      description:
        'The axes, by name. In the steps `${size}` is the name of the value. Of a bare value `${size.value}` is the value, and a number is `${size.magnitude}`, too: how large it is, for scalability. Of a map of values `${size.file}` is the one under `file`; `magnitude` makes it the size.',
      examples: [
        {
          size: { small: 1000, large: 100_000 },
          format: ['csv', 'json'],
          query: { count: { file: 'count.sql' } },
        },
      ],
      propertyNames: axisName,
      additionalProperties: axis,
    },
    iterations: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      default: 1,
      description: 'Rounds through all cells that are measured, for each user.',
      examples: [10],
    },
    warmUp: {
      type: 'integer',
      minimum: 0,
      maximum: 1_000_000,
      default: 0,
      description:
        'Rounds before them, which do not count. Their samples are in the JTL, under thread names that end with `warm-up`.',
      examples: [2],
    },
    order: {
      enum: ['rounds', 'cells', 'random'],
      literal: true,
      default: 'rounds',
      description:
        '`rounds`: all cells in each round, every second round backwards. `random`: in an order drawn for each round. `cells`: all rounds of a cell, then the next cell.',
      examples: ['random'],
    },
    only: {
      ...cells,
      description: 'The cells that are there, by values of some axes: one of the entries must fit.',
      examples: [[{ size: 'small' }, { format: ['csv', 'json'] }]],
    },
    exclude: {
      ...cells,
      description: 'Cells that are left out, by values of some axes.',
      examples: [[{ size: 'large', format: 'json' }]],
    },
  },
} as const satisfies JsonSchema;

import type { Infer } from '../../model/json-schema.ts';

/** A value as JSON has it: points in time are texts such as `2026-01-31T08:15:00.000Z`, days `2026-01-31`. */
export type Cell = string | number | boolean | null;

/** What a column of a file holds. Inside, points in time are epoch milliseconds, and days days since 1970-01-01. */
export type Storage = 'integer' | 'number' | 'text' | 'boolean' | 'timestamp' | 'date';

export const columnTypes = [
  'sequence',
  'integer',
  'number',
  'text',
  'name',
  'email',
  'uuid',
  'choice',
  'boolean',
  'timestamp',
  'date',
] as const;

/** A column as people write it. */
export const columnSchema = {
  type: 'object',
  description: 'What the values of the column are.',
  examples: [{ type: 'integer', min: 1, max: 5 }],
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: {
      enum: columnTypes,
      literal: true,
      description:
        'What the values are. `sequence` numbers the rows; `name` is like `amber-falcon-417`; `uuid` is never the same twice.',
      examples: ['integer'],
    },
    start: {
      type: 'integer',
      description: 'sequence: the number of the first row. 1 without it.',
      examples: [1000],
    },
    min: { type: 'number', description: 'integer, number: the least. 0 without it.', examples: [-10] },
    max: {
      type: 'number',
      description: 'integer, number: the greatest. 1,000,000 without it.',
      examples: [100],
    },
    decimals: {
      type: 'integer',
      minimum: 0,
      maximum: 9,
      description: 'number: digits behind the point. 2 without it.',
      examples: [4],
    },
    length: {
      type: 'integer',
      minimum: 1,
      maximum: 65_536,
      description: 'text: its characters, the most of them if there is `minLength`. 20 without it.',
      examples: [200],
    },
    minLength: {
      type: 'integer',
      minimum: 1,
      maximum: 65_536,
      description: 'text: the least characters. All have `length` without it.',
      examples: [10],
    },
    of: {
      type: 'array',
      items: { type: 'string', literal: true },
      minItems: 1,
      literal: true,
      description: 'choice: the texts to choose from; one that stands there twice is chosen twice as often.',
      examples: [['open', 'open', 'closed']],
    },
    share: {
      anyOf: [
        { type: 'number', minimum: 0, maximum: 1 },
        { type: 'string', literal: true },
      ],
      description: 'boolean: the share that is true. 50 % without it.',
      examples: ['80%'],
    },
    from: {
      type: 'string',
      literal: true,
      description: 'timestamp, date: the earliest. 2025-01-01 without it.',
      examples: ['2026-01-01'],
    },
    to: {
      type: 'string',
      literal: true,
      description: 'timestamp, date: the latest, itself not included. 2026-01-01 without it.',
      examples: ['2026-07-01T12:00:00Z'],
    },
    nulls: {
      anyOf: [
        { type: 'number', minimum: 0, maximum: 1 },
        { type: 'string', literal: true },
      ],
      description: 'The share that is missing. None without it.',
      examples: ['5%'],
    },
  },
} as const;

export type Column = Infer<typeof columnSchema>;

/** Columns by name, in their order. */
export interface Schema {
  /** Of a record in Avro. */
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Bytes and rows are counted in numbers that are exact far beyond this. */
export const mostRows = 1_000_000_000;
export const mostSeed = 4_294_967_295;

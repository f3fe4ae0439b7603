import { parseRatio } from '../../model/units.ts';
import { badKinds, type BadKind } from './bad-kinds.ts';
import { columnSchema, mostRows, mostSeed, type Column, type Schema } from './column.ts';
import { countPattern, parseCount } from './count.ts';
import { schemaNamed, schemaNames } from './schemas.ts';

/** The name of the schema, and how many rows of it: keys that plans have wherever rows are generated. */
export const rowKeys = {
  generate: {
    type: 'string',
    minLength: 1,
    description: `The schema of the rows: ${schemaNames.join(', ')}; or with \`columns\` a name of your own.`,
    examples: ['facts'],
  },
  columns: {
    type: 'object',
    additionalProperties: columnSchema,
    description: 'The columns of a schema of your own, in their order.',
    examples: [{ id: { type: 'sequence' }, state: { type: 'choice', of: ['open', 'closed'] } }],
  },
  rows: {
    anyOf: [
      { type: 'integer', minimum: 0, maximum: mostRows },
      { type: 'string', pattern: countPattern },
    ],
    description: 'How many rows.',
    examples: ['100k', 2_000_000],
  },
  seed: {
    type: 'integer',
    minimum: 0,
    maximum: mostSeed,
    default: 1,
    description: 'Same seed, same rows, in every run and on every machine.',
    examples: [7],
  },
  bad: {
    anyOf: [
      { type: 'number', minimum: 0, maximum: 1 },
      { type: 'string', pattern: '^\\d+(\\.\\d+)?\\s*%?$' },
    ],
    default: 0,
    description:
      'The share of rows with something wrong in them; exactly so many, at places drawn from the seed.',
    examples: ['10%'],
  },
  badKinds: {
    type: 'array',
    items: { enum: badKinds },
    minItems: 1,
    description:
      'What is wrong with bad rows; the kinds take turns. All but `malformed` that are possible, without it.',
    examples: [['missing_values', 'duplicates']],
  },
} as const;

/** What a plan says with these keys. */
export interface WrittenRows {
  readonly generate: string;
  readonly columns?: Readonly<Record<string, Column>>;
  readonly rows: number | string;
  readonly seed: number;
  readonly bad: number | string;
  readonly badKinds?: readonly BadKind[];
}

export interface ReadRows {
  readonly schema: Schema;
  readonly rows: number;
  readonly seed: number;
  readonly bad?: { readonly share: number; readonly kinds?: readonly BadKind[] };
}

/** The same as numbers; NaN for a number of rows or a share that is none. Throws a UserError for an unknown schema. */
export function readRows({ generate, columns, rows, seed, bad, badKinds: kinds }: WrittenRows): ReadRows {
  const share = typeof bad === 'number' ? bad : (parseRatio(bad) ?? NaN);
  return {
    schema: columns ? { name: recordName(generate), columns } : schemaNamed(generate),
    rows: typeof rows === 'number' ? rows : (parseCount(rows) ?? NaN),
    seed,
    ...(share !== 0 && { bad: { share, ...(kinds && { kinds }) } }),
  };
}

/** A name that Avro takes. */
function recordName(name: string): string {
  return name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_');
}

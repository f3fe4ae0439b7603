import { didYouMean } from '../../model/did-you-mean.ts';
import { UserError } from '../../model/errors.ts';
import type { Column, Schema } from './column.ts';

/**
 * The schemas that come with the tool. `small`, `medium` and `large` are what the ingestion suite uploaded; `facts`
 * is what the nine queries of the query suite read, and `facts-wide` begins with the same columns and values.
 */
export const schemaNames = ['small', 'medium', 'large', 'facts', 'facts-wide'] as const;
export type SchemaName = (typeof schemaNames)[number];

const small = {
  id: { type: 'sequence' },
  name: { type: 'text', length: 20 },
  value: { type: 'number', max: 1000, decimals: 4 },
  created_at: { type: 'timestamp' },
  active: { type: 'boolean' },
} satisfies Record<string, Column>;

const medium = {
  ...small,
  description: { type: 'text', length: 200 },
  category: { type: 'choice', of: ['A', 'B', 'C', 'D', 'E'] },
  tags: { type: 'text', length: 100 },
} satisfies Record<string, Column>;

const large = {
  ...medium,
  details: { type: 'text', length: 500 },
  subcategory: { type: 'choice', of: ['S0', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9'] },
  priority: { type: 'integer', min: 1, max: 5 },
  status: { type: 'choice', of: ['new', 'open', 'done', 'failed'] },
  updated_at: { type: 'timestamp', from: '2026-01-01', to: '2026-07-01' },
  notes: { type: 'text', length: 300 },
} satisfies Record<string, Column>;

const facts = {
  id: { type: 'sequence' },
  name: { type: 'name' },
  category: { type: 'choice', of: ['alpha', 'beta', 'gamma', 'delta', 'epsilon'] },
  value: { type: 'number', max: 1000 },
  created_at: { type: 'timestamp' },
  active: { type: 'boolean', share: '80%' },
} satisfies Record<string, Column>;

const factsWide = {
  ...facts,
  region: { type: 'choice', of: ['eu-west', 'eu-north', 'us-east', 'us-west', 'asia'] },
  quantity: { type: 'integer', min: 1, max: 100 },
  discount: { type: 'number', max: 0.5, nulls: '10%' },
  customer: { type: 'uuid' },
  shipped_on: { type: 'date', nulls: '5%' },
  note: { type: 'text', length: 80, minLength: 10, nulls: '20%' },
} satisfies Record<string, Column>;

const columns: Readonly<Record<SchemaName, Readonly<Record<string, Column>>>> = {
  small,
  medium,
  large,
  facts,
  'facts-wide': factsWide,
};

const isKnown = (name: string): name is SchemaName => Object.hasOwn(columns, name);

/** A schema that comes with the tool. */
export function schemaNamed(name: string): Schema {
  if (isKnown(name)) return { name: name.replaceAll('-', '_'), columns: columns[name] };
  throw new UserError(
    `unknown schema "${name}". Known: ${schemaNames.join(', ')}.${didYouMean(name, schemaNames)}`,
  );
}

import { googleError } from './duckdb-errors.ts';
import { alreadyExists, notFound } from './query-error.ts';
import type { QueryError } from './query-error.ts';
import type { Translation } from './sql/translate.ts';

/** With the names of tables as the query means them. */
export function translated(problem: unknown, { references, target, dataset }: Translation): QueryError {
  const error = googleError(problem);
  if (error.reason !== 'notFound' && error.reason !== 'duplicate') return error;
  const named = [...references, ...(target ? [target] : [])];
  const table =
    named.find((one) => error.message.includes(one.table)) ?? (named.length === 1 ? named[0] : undefined);
  const make = error.reason === 'notFound' ? notFound : alreadyExists;
  if (dataset) return make(`Dataset ${dataset.project}:${dataset.dataset}`);
  if (!table || !error.message.includes('Table')) return error;
  const where = error.reason === 'notFound' ? ' was not found in location US' : '';
  return make(`Table ${table.project}:${table.dataset}.${table.table}${where}`);
}

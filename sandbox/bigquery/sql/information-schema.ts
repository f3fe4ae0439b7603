import { textLiteral } from '../../warehouse/names.ts';
import type { Writing } from './writing.ts';

/** `dataset.INFORMATION_SCHEMA.TABLES` as a query; undefined if the path is something else. */
export function informationSchema(writing: Writing, path: readonly string[]): string | undefined {
  const at = path.findIndex((part) => part.toUpperCase() === 'INFORMATION_SCHEMA');
  if (at < 0) return undefined;
  const view = (path[at + 1] ?? '').toUpperCase();
  const { defaultDataset, cursor } = writing;
  const project = at === 2 ? (path[0] ?? '') : at === 0 ? (defaultDataset?.project ?? '') : writing.project;
  const dataset = at === 0 ? defaultDataset?.dataset : path[at - 1];
  if (dataset === undefined) throw cursor.unsupported('INFORMATION_SCHEMA without a dataset');
  if (view !== 'TABLES') throw cursor.unsupported(`INFORMATION_SCHEMA.${view}`);
  writing.volatile.push('INFORMATION_SCHEMA');
  return `(SELECT ${textLiteral(project)} AS table_catalog, ${textLiteral(dataset)} AS table_schema, table_name,
    'BASE TABLE' AS table_type, 'YES' AS is_insertable_into FROM information_schema.tables
    WHERE table_schema = ${textLiteral(`${project}.${dataset}`)})`;
}

import { textLiteral } from '../../warehouse/names.ts';
import type { InformationView } from './information-view.ts';
import type { Writing } from './writing.ts';

interface FoundView {
  readonly sql: string;
  readonly columns: readonly string[];
}

/** `dataset.INFORMATION_SCHEMA.TABLES` and its like as a query; undefined if the path is something else. */
export function informationSchema(writing: Writing, path: readonly string[]): FoundView | undefined {
  const at = path.findIndex((part) => part.toUpperCase() === 'INFORMATION_SCHEMA');
  if (at < 0) return undefined;
  const { cursor, information, volatile } = writing;
  const view = (path[at + 1] ?? '').toUpperCase();
  volatile.push('INFORMATION_SCHEMA');
  const known = information[view];
  if (!known) throw cursor.unsupported(`INFORMATION_SCHEMA.${view}`);
  const columns = Object.keys(known.columns);
  if (view.startsWith('JOBS'))
    return { columns, sql: rowsOf(known, (path[at - 1] ?? 'region-us').toLowerCase()) };
  const { project, dataset } = datasetOf(writing, path.slice(0, at));
  return { columns, sql: rowsOf(known, `${project}.${dataset}`.toLowerCase()) };
}

/** The dataset before INFORMATION_SCHEMA, or the default one. */
function datasetOf(
  { cursor, defaultDataset, project }: Writing,
  path: readonly string[],
): { project: string; dataset: string } {
  const [first, second] = path;
  if (first !== undefined)
    return second === undefined ? { project, dataset: first } : { project: first, dataset: second };
  if (!defaultDataset) throw cursor.unsupported('INFORMATION_SCHEMA without a dataset');
  return defaultDataset;
}

function rowsOf({ columns, rows }: InformationView, place: string): string {
  const names = Object.keys(columns);
  const none = `(${names.map(() => 'NULL').join(', ')})`;
  const list = rows
    .filter((row) => row.place === place)
    .map(
      ({ values }) => `(${values.map((value) => (value === null ? 'NULL' : textLiteral(value))).join(', ')})`,
    );
  const casts = Object.entries(columns).map(([name, type]) => `CAST(${name} AS ${type}) AS ${name}`);
  const condition = list.length === 0 ? ' WHERE FALSE' : '';
  return `(SELECT ${casts.join(', ')} FROM (VALUES ${list.length === 0 ? none : list.join(', ')}) AS rows_of_it(${names.join(', ')})${condition})`;
}

import { textLiteral } from '../../warehouse/names.ts';
import type { InformationView } from './information-view.ts';
import type { Writing } from './writing.ts';

interface FoundView {
  readonly sql: string;
  readonly columns: readonly string[];
}

const columnsOfTables = ['table_catalog', 'table_schema', 'table_name', 'table_type', 'is_insertable_into'];

/** `dataset.INFORMATION_SCHEMA.TABLES` and its like as a query; undefined if the path is something else. */
export function informationSchema(writing: Writing, path: readonly string[]): FoundView | undefined {
  const at = path.findIndex((part) => part.toUpperCase() === 'INFORMATION_SCHEMA');
  if (at < 0) return undefined;
  const { cursor, information, volatile } = writing;
  const view = (path[at + 1] ?? '').toUpperCase();
  volatile.push('INFORMATION_SCHEMA');
  const known = information[view];
  if (!known && view !== 'TABLES') throw cursor.unsupported(`INFORMATION_SCHEMA.${view}`);
  const columns = known ? Object.keys(known.columns) : columnsOfTables;
  if (known && view.startsWith('JOBS'))
    return { columns, sql: rowsOf(known, (path[at - 1] ?? 'region-us').toLowerCase()) };
  const { project, dataset } = datasetOf(writing, path.slice(0, at));
  const sql = known ? rowsOf(known, `${project}.${dataset}`.toLowerCase()) : tables(project, dataset);
  return { columns, sql };
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

function tables(project: string, dataset: string): string {
  return `(SELECT ${textLiteral(project)} AS table_catalog, ${textLiteral(dataset)} AS table_schema, table_name,
    'BASE TABLE' AS table_type, 'YES' AS is_insertable_into FROM information_schema.tables
    WHERE table_schema = ${textLiteral(`${project}.${dataset}`)})`;
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

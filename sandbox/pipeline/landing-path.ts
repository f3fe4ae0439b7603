/** Where a file that was uploaded goes. */
export interface Landing {
  /** The source system: the first folder. */
  readonly source: string;
  /** The table in the dataset `pipeline`. */
  readonly table: string;
  readonly format: 'csv' | 'json' | 'parquet' | 'avro';
}

const formats: Readonly<Record<string, Landing['format']>> = {
  csv: 'csv',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  parquet: 'parquet',
  avro: 'avro',
};

/** Where files are put that could not be read. Nothing there is ingested. */
export const setAsidePrefix = '_set_aside/';

/**
 * What the name of an object in the landing bucket says: `SOURCE/TABLE/…FILE.csv` goes into TABLE,
 * `SOURCE/FILE.csv` into a table called as the source, `FILE.csv` into one called as the file. `.gz` may follow.
 * Null for other names: those objects are stored and nothing more.
 */
export function landingOf(name: string): Landing | null {
  const parts = /^(?:(.+)\/)?([^/]+?)\.(csv|json|jsonl|ndjson|parquet|avro)(?:\.gz)?$/i.exec(name);
  if (!parts || name.startsWith(setAsidePrefix)) return null;
  const [, folders = '', file = '', extension = ''] = parts;
  const format = formats[extension.toLowerCase()];
  if (!format) return null;
  const [source = file, table = source] = folders === '' ? [] : folders.split('/');
  return { source, table: tableName(table), format };
}

/** Letters, digits and underscores, as a table's name must be. */
function tableName(text: string): string {
  const name = text.replace(/\W+/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}

import type { Column } from '../../engine/generate/rows/column.ts';
import { storageOf } from '../../engine/generate/rows/make-column.ts';
import { rows as generatedRows } from '../../engine/generate/rows/rows.ts';
import { readRows, type WrittenRows } from '../../engine/generate/rows/written.ts';
import type { WrittenDataSet } from '../../engine/generate/written.ts';
import { MadeFiles, type MadeFile } from '../google/made/made-files.ts';
import type { BigQueryConfig } from './schema.ts';

type Load = NonNullable<BigQueryConfig['load']>;
type Insert = NonNullable<BigQueryConfig['insert']>;
type Row = Readonly<Record<string, unknown>>;

/** Data that were made for a step. */
export interface Generated {
  readonly file?: MadeFile;
  readonly rows?: readonly Row[];
  /** The operation is over. */
  release(): void;
}

/** Lists of rows that a worker keeps for the next sample. */
const mostKept = 4;

/** Whether a step sends data that have to be made. */
export function isMade({ load, insert }: BigQueryConfig): boolean {
  return (load !== undefined && fileOf(load) !== null) || (insert !== undefined && rowsOf(insert) !== null);
}

/** Makes the data of steps before the time of their samples begins, each once for as long as few others are asked for. */
export class GeneratedData {
  readonly #files = new MadeFiles();
  readonly #rows = new Map<string, readonly Row[]>();

  async of({ load, insert }: BigQueryConfig): Promise<Generated> {
    const written = load ? fileOf(load) : null;
    const rows = insert ? rowsOf(insert) : null;
    const file = written === null ? null : await this.#files.take(written);
    return {
      ...(file && { file }),
      ...(rows && { rows: this.#rowsOf(rows) }),
      release: () => file?.release(),
    };
  }

  close(): void {
    this.#files.close();
  }

  #rowsOf(written: WrittenRows): readonly Row[] {
    const key = JSON.stringify(written);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const made = makeRows(written);
    const [oldest = ''] = this.#rows.keys();
    if (this.#rows.size >= mostKept) this.#rows.delete(oldest);
    this.#rows.set(key, made);
    return made;
  }
}

/** The file that a load job is to be given, with what it says by default; null when it is given none. */
export function fileOf({ from }: Pick<Load, 'from'>): WrittenDataSet | null {
  return isGenerated(from) ? Object.assign({ ...rowDefaults, format: 'csv', header: true }, from) : null;
}

/** The rows that an insert is to be given; null when it has its own. */
export function rowsOf({ rows }: Pick<Insert, 'rows'>): WrittenRows | null {
  return isGenerated(rows) ? Object.assign({ ...rowDefaults }, rows) : null;
}

/** What a schema within alternatives does not fill in. */
const rowDefaults = { seed: 1, bad: 0 } as const;

/** How a load job reads a generated file: its format, its columns, the line of names. */
export function loadOptions(file: WrittenDataSet): object {
  const { schema } = readRows(file);
  const isTyped = file.format === 'parquet' || file.format === 'avro';
  return {
    sourceFormat: loadFormats[file.format],
    ...(isTyped ? {} : { schema: { fields: Object.entries(schema.columns).map(fieldOf) } }),
    ...(file.format === 'csv' && file.header ? { skipLeadingRows: 1 } : {}),
  };
}

/** BigQuery's names; it loads no JSON that is one list. */
export const loadFormats: Readonly<Record<WrittenDataSet['format'], string | null>> = {
  csv: 'CSV',
  json: null,
  jsonl: 'NEWLINE_DELIMITED_JSON',
  parquet: 'PARQUET',
  avro: 'AVRO',
};

const types = {
  integer: 'INTEGER',
  number: 'FLOAT',
  text: 'STRING',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
} as const;

function fieldOf([name, column]: readonly [string, Column]): object {
  return { name, type: types[storageOf(column)] };
}

function makeRows(written: WrittenRows): Row[] {
  const { schema, rows: count, seed, bad } = readRows(written);
  return [...generatedRows(schema, { seed, count, ...(bad && { bad }) })];
}

function isGenerated<T>(given: T): given is Extract<T, { readonly generate: string }> {
  return typeof given === 'object' && given !== null && 'generate' in given;
}

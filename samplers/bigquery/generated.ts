import { dataSet } from '../../engine/generate/data-set.ts';
import type { Column } from '../../engine/generate/rows/column.ts';
import { storageOf } from '../../engine/generate/rows/make-column.ts';
import { rows as generatedRows } from '../../engine/generate/rows/rows.ts';
import { readRows, type WrittenRows } from '../../engine/generate/rows/written.ts';
import { readDataSet, type WrittenDataSet } from '../../engine/generate/written.ts';
import type { BigQueryConfig } from './schema.ts';

type Load = NonNullable<BigQueryConfig['load']>;
type Insert = NonNullable<BigQueryConfig['insert']>;
type Row = Readonly<Record<string, unknown>>;

/** Data that were made for a step. */
export interface Generated {
  /** A file, as often as it is asked for. */
  readonly pieces?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly rows?: readonly Row[];
}

/** Larger files are made while they are sent. */
const mostKeptBytes = 64 * 1024 * 1024;
/** Files and lists of rows that a worker keeps for the next sample. */
const mostKept = 4;

/** Makes the data of steps, each once for as long as few others are asked for. */
export class GeneratedData {
  readonly #kept = new Map<string, Generated>();

  /** Null: the step sends none. */
  async of({ load, insert }: BigQueryConfig): Promise<Generated | null> {
    const file = load ? fileOf(load) : null;
    const rows = insert ? rowsOf(insert) : null;
    if (file === null && rows === null) return null;
    const key = JSON.stringify([file, rows]);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = {
      ...(file === null ? {} : { pieces: await makeFile(file) }),
      ...(rows === null ? {} : { rows: makeRows(rows) }),
    };
    const [oldest = ''] = this.#kept.keys();
    if (this.#kept.size >= mostKept) this.#kept.delete(oldest);
    this.#kept.set(key, made);
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

async function makeFile(written: WrittenDataSet): Promise<NonNullable<Generated['pieces']>> {
  const data = dataSet(readDataSet(written));
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of data) {
    bytes += piece.length;
    if (bytes > mostKeptBytes) return data;
    kept.push(piece);
  }
  return kept;
}

function makeRows(written: WrittenRows): Row[] {
  const { schema, rows: count, seed, bad } = readRows(written);
  return [...generatedRows(schema, { seed, count, ...(bad && { bad }) })];
}

function isGenerated<T>(given: T): given is Extract<T, { readonly generate: string }> {
  return typeof given === 'object' && given !== null && 'generate' in given;
}

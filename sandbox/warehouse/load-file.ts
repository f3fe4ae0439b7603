import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AvroKind } from '../../engine/generate/avro-fields.ts';
import { avroToJsonLines } from '../../engine/generate/read-avro.ts';
import { messageOf } from '../../engine/model/errors.ts';
import { fileStart } from './file-start.ts';
import type { FileStart } from './file-start.ts';
import { columnList, columnOfJson, namedType, requiredColumns, wasNotConverted } from './json-columns.ts';
import type { NamedType } from './json-columns.ts';
import { qualified, quoted, textLiteral } from './names.ts';
import { numeric } from './numeric-macros.ts';
import type { TableName } from './names.ts';
import type { Session } from './session.ts';

export interface LoadOptions extends TableName {
  /** A local file; gzip is recognised by its first bytes. */
  readonly path: string;
  /** `json`: one object a line, or one array of objects. */
  readonly format: 'csv' | 'json' | 'parquet' | 'avro';
  /** The columns of a table that is made. Without them they are found from the rows. */
  readonly columns?: readonly NamedType[];
  /** CSV: the first line names the columns and is no row. True by default. */
  readonly header?: boolean;
  /** CSV: what stands for NULL; nothing by default. */
  readonly nullText?: string;
  /** JSON: rows with fields that the table does not have are bad. */
  readonly refusesUnknown?: boolean;
  /** A table that is emptied gets the columns that are found in the file. */
  readonly detects?: boolean;
  /** CSV: what stands between two values; a comma by default. */
  readonly delimiter?: string;
  /** `append`, the default; `truncate`: what was there goes; `empty`: refused unless the table is empty. */
  readonly mode?: 'append' | 'truncate' | 'empty';
  /** With more bad rows than that nothing is loaded. 0 by default; Infinity: they are counted only. */
  readonly maxBadRows?: number;
}

export interface LoadedRows {
  readonly rows: number;
  readonly badRows: number;
  /** What is wrong with the first of the bad rows. */
  readonly problems: readonly string[];
}

/** The file, or what is asked of the table, does not allow to load it. */
export class LoadError extends Error {
  readonly reason: 'invalid' | 'duplicate' | 'tooManyErrors';

  constructor(message: string, reason: LoadError['reason'] = 'invalid') {
    super(message);
    this.reason = reason;
  }
}

/** Loads a file into a table: all or nothing. */
export async function loadFile(session: Session, options: LoadOptions): Promise<LoadedRows> {
  if (options.format === 'avro') return loadAvro(session, options);
  const { format } = options;
  const source = { ...options, format, ...(await fileStart(options.path)) };
  return session.transaction(async () => {
    const columns = await tableFor(session, source);
    return read(session, source, columns);
  });
}

/** By way of lines of JSON: DuckDB has no reader for Avro built in. */
async function loadAvro(session: Session, options: LoadOptions): Promise<LoadedRows> {
  const folder = await mkdtemp(join(tmpdir(), 'loadplan-avro-'));
  try {
    const path = join(folder, 'rows.jsonl');
    const fields = await avroToJsonLines(options.path, path).catch((problem: unknown) => {
      throw new LoadError(messageOf(problem));
    });
    const columns = options.columns ?? fields.map(({ name, kind }) => ({ name, type: avroTypes[kind] }));
    return await loadFile(session, { ...options, path, format: 'json', columns });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const avroTypes: Readonly<Record<AvroKind, string>> = {
  integer: 'BIGINT',
  number: 'DOUBLE',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
  date: 'DATE',
  binary: 'BLOB',
};

type Source = LoadOptions & FileStart & { readonly format: Exclude<LoadOptions['format'], 'avro'> };

async function tableFor(session: Session, source: Source): Promise<readonly NamedType[]> {
  const table = qualified(source);
  const existing = await existingColumns(session, source);
  const isRemade = source.mode === 'truncate' && (source.columns !== undefined || source.detects === true);
  if (existing && !isRemade) {
    checkColumns(source, existing);
    if (source.mode === 'truncate') await session.run(`DELETE FROM ${table}`);
    if (source.mode === 'empty' && (await count(session, table)) > 0) {
      throw new LoadError(`Already Exists: Table ${source.dataset}.${source.table}`, 'duplicate');
    }
    return existing;
  }
  const columns = source.columns ?? (await foundColumns(session, source));
  await session.run(`CREATE OR REPLACE TABLE ${table} (${columnList(columns)})`);
  return columns;
}

async function existingColumns(session: Session, source: Source): Promise<readonly NamedType[] | undefined> {
  if (!(await session.has(qualified(source)))) return undefined;
  const required = await requiredColumns(session, source);
  return (await session.columns(`SELECT * FROM ${qualified(source)}`)).map(({ name, type }) => ({
    ...namedType(name, type),
    ...(required.has(name) && { required: true }),
  }));
}

/** The columns that are asked for are those of the table, or some of them. */
function checkColumns(
  { columns = [], format, dataset, table }: Source,
  existing: readonly NamedType[],
): void {
  for (const [index, { name, type }] of columns.entries()) {
    const old = existing.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const isMoved = format === 'csv' && old !== existing[index];
    const why = !old
      ? `Cannot add fields (field: ${name})`
      : old.type !== type
        ? `Field ${name} has changed type`
        : isMoved
          ? `Field ${name} is at another place`
          : undefined;
    if (why !== undefined)
      throw new LoadError(`Provided Schema does not match Table ${dataset}.${table}. ${why}`);
  }
}

/** What the rows look like. A time is a TIMESTAMP, as BigQuery's autodetect takes it. */
async function foundColumns(session: Session, source: Source): Promise<readonly NamedType[]> {
  const { path, format, compression, header = true, delimiter = ',' } = source;
  const file = textLiteral(path);
  const readers = {
    csv: `read_csv(${file}, header = ${header}, delim = ${textLiteral(delimiter)}, compression = '${compression}', ignore_errors = true)`,
    json: `read_json(${file}, compression = '${compression}')`,
    parquet: `read_parquet(${file})`,
  };
  const columns = await session.columns(`SELECT * FROM ${readers[format]}`);
  return columns.map(({ name, type }) => ({
    name,
    type: withNumeric(name, type.toString())
      .replace(/\bTIMESTAMP\b(?! WITH)/g, 'TIMESTAMP WITH TIME ZONE')
      .replace(/\bJSON\b/g, 'VARCHAR'),
  }));
}

/** DECIMAL of a file is NUMERIC, if all of its values are. */
function withNumeric(name: string, type: string): string {
  return type.replace(/\bDECIMAL\((\d+),(\d+)\)/g, (text, precision: string, scale: string) => {
    if (Number(scale) > 9 || Number(precision) - Number(scale) > 29)
      throw new LoadError(
        `The column ${name} is ${text}, which NUMERIC does not hold, and BIGNUMERIC is not there.`,
      );
    return numeric;
  });
}

async function read(session: Session, source: Source, columns: readonly NamedType[]): Promise<LoadedRows> {
  const before = await count(session, qualified(source));
  const problems = await readers[source.format](session, source, columns);
  const rows = (await count(session, qualified(source))) - before;
  const { badRows, samples } = problems;
  if (badRows > (source.maxBadRows ?? 0)) {
    throw new LoadError(
      `Error while reading data: ${badRows} rows are bad. The first: ${samples.join('; ')}`,
      'tooManyErrors',
    );
  }
  return { rows, badRows, problems: samples };
}

interface BadRows {
  readonly badRows: number;
  readonly samples: readonly string[];
}

type Reader = (session: Session, source: Source, columns: readonly NamedType[]) => Promise<BadRows>;

const readers: Readonly<Record<Source['format'], Reader>> = {
  csv: readCsv,
  json: readJson,
  parquet: readParquet,
};

async function readCsv(session: Session, source: Source, columns: readonly NamedType[]): Promise<BadRows> {
  const types = columns.map(({ name, type }) => `${textLiteral(name)}: ${textLiteral(type)}`).join(', ');
  const settings = [
    'auto_detect = false',
    `columns = {${types}}`,
    `delim = ${textLiteral(source.delimiter ?? ',')}`,
    `quote = '"', escape = '"', nullstr = ${textLiteral(source.nullText ?? '')}, allow_quoted_nulls = false`,
    `header = ${source.header ?? true}`,
    `compression = '${source.compression}'`,
    `ignore_errors = true, store_rejects = true, rejects_table = 'bad_rows', rejects_scan = 'bad_scans'`,
  ];
  const missing = await insertRows(session, source, columns, {
    names: columns.map(({ name }) => name),
    rows: `SELECT * FROM read_csv(${textLiteral(source.path)}, ${settings.join(', ')})`,
  });
  const bad = await session.run('SELECT count(DISTINCT line) FROM bad_rows');
  const first = await session.run(
    `SELECT 'line ' || line || ': ' || error_message FROM bad_rows ORDER BY line LIMIT 5`,
  );
  const found = {
    badRows: (await firstNumber(bad)) + missing,
    samples: [...(await texts(first)), ...missingText(missing)],
  };
  await session.run('DROP TABLE bad_rows');
  await session.run('DROP TABLE bad_scans');
  return found;
}

async function readJson(session: Session, source: Source, columns: readonly NamedType[]): Promise<BadRows> {
  const form = /^\s*\[/.test(source.text) ? 'array' : 'newline_delimited';
  const lenient = form === 'newline_delimited';
  const objects = `read_json_objects(${textLiteral(source.path)}, format = '${form}', ignore_errors = ${lenient}, compression = '${source.compression}')`;
  const fields = columns.map((column) => `${columnOfJson(column)} AS ${quoted(column.name)}`);
  const wrong = [
    'json IS NULL',
    ...columns.map(wasNotConverted),
    ...requiredOf(columns).map(({ name }) => `${quoted(name)} IS NULL`),
    ...(source.refusesUnknown === true ? [hasOtherFields(columns)] : []),
  ].join(' OR ');
  await session.run(
    `CREATE TEMP TABLE staged AS SELECT *, coalesce(${wrong}, true) AS "is bad?" FROM (SELECT json, ${fields.join(', ')} FROM ${objects})`,
  );
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  await session.run(
    `INSERT INTO ${qualified(source)} (${names}) SELECT ${names} FROM staged WHERE NOT "is bad?"`,
  );
  const bad = await session.run('SELECT count(*) FROM staged WHERE "is bad?"');
  const first = await session.run(
    `SELECT coalesce('cannot convert ' || left(json, 200), 'a line is not JSON') FROM staged WHERE "is bad?" LIMIT 5`,
  );
  const found = { badRows: await firstNumber(bad), samples: await texts(first) };
  await session.run('DROP TABLE staged');
  return found;
}

async function readParquet(
  session: Session,
  source: Source,
  columns: readonly NamedType[],
): Promise<BadRows> {
  const file = `read_parquet(${textLiteral(source.path)})`;
  const known = new Set(columns.map(({ name }) => name.toLowerCase()));
  const inFile = await session.columns(`SELECT * FROM ${file}`);
  const names = inFile.map(({ name }) => name).filter((name) => known.has(name.toLowerCase()));
  const absent = requiredOf(columns).find(
    ({ name }) => !names.some((one) => one.toLowerCase() === name.toLowerCase()),
  );
  if (absent) throw new LoadError(`The file has no column ${absent.name}, which is required.`);
  const rows = `SELECT ${names.map(quoted).join(', ')} FROM ${file}`;
  const missing = await insertRows(session, source, columns, { names, rows });
  return { badRows: missing, samples: missingText(missing) };
}

/** Inserts the rows that have all that is required, and counts the others. */
async function insertRows(
  session: Session,
  source: Source,
  columns: readonly NamedType[],
  { names, rows }: { names: readonly string[]; rows: string },
): Promise<number> {
  const into = `INSERT INTO ${qualified(source)} (${names.map(quoted).join(', ')})`;
  const required = requiredOf(columns);
  if (required.length === 0) {
    await session.run(`${into} ${rows}`);
    return 0;
  }
  const whole = required.map(({ name }) => `${quoted(name)} IS NOT NULL`).join(' AND ');
  await session.run(`CREATE TEMP TABLE staged AS ${rows}`);
  await session.run(`${into} SELECT * FROM staged WHERE ${whole}`);
  const missing = await firstNumber(await session.run(`SELECT count(*) FROM staged WHERE NOT (${whole})`));
  await session.run('DROP TABLE staged');
  return missing;
}

function missingText(missing: number): readonly string[] {
  return missing === 0 ? [] : [`a required column has no value in ${missing} rows`];
}

function requiredOf(columns: readonly NamedType[]): readonly NamedType[] {
  return columns.filter(({ required }) => required === true);
}

/** Whether the JSON object `json` has fields that are no columns. */
function hasOtherFields(columns: readonly NamedType[]): string {
  const names = columns.map(({ name }) => textLiteral(name.toLowerCase())).join(', ');
  return `len(list_filter(json_keys(json), lambda k: NOT list_contains([${names}], lower(k)))) > 0`;
}

async function count(session: Session, table: string): Promise<number> {
  return firstNumber(await session.run(`SELECT count(*) FROM ${table}`));
}

async function firstNumber(result: Awaited<ReturnType<Session['run']>>): Promise<number> {
  return Number((await result.getRowsJS())[0]?.[0]);
}

async function texts(result: Awaited<ReturnType<Session['run']>>): Promise<readonly string[]> {
  return (await result.getRowsJS()).map(([text]) => (typeof text === 'string' ? text : ''));
}

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, JsonObject } from '../json.ts';
import { qualified, quoted, textLiteral } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { LoadOptions } from '../warehouse/load-file.ts';
import { loadFile } from '../warehouse/load-file.ts';
import type { Session } from '../warehouse/session.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { factName } from './dataset-facts.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { layOut, writeRows } from './destination.ts';
import type { Outcome } from './job.ts';
import type { Objects } from './objects.ts';
import { objectIn, textIn } from './parameters.ts';
import { invalid, notFound } from './query-error.ts';
import { tableIn } from './table-reference.ts';
import { refuseView } from './view-target.ts';
import { columnsOfSchema } from './wire-schema.ts';

export interface FileWorld {
  readonly warehouse: Warehouse;
  readonly objects: Objects;
  readonly facts: DatasetFacts;
}

const formats: Readonly<Record<string, LoadOptions['format']>> = {
  CSV: 'csv',
  NEWLINE_DELIMITED_JSON: 'json',
  PARQUET: 'parquet',
  AVRO: 'avro',
};

const modes: Readonly<Record<string, 'append' | 'truncate' | 'empty'>> = {
  WRITE_APPEND: 'append',
  WRITE_TRUNCATE: 'truncate',
  WRITE_EMPTY: 'empty',
};

/** Loads an uploaded file, or objects, into a table. */
export async function load(
  world: FileWorld,
  session: Session,
  configuration: JsonObject,
  uploaded?: string,
): Promise<Outcome> {
  const wish = objectIn(configuration, 'load');
  const paths =
    uploaded === undefined
      ? urisIn(wish, 'sourceUris').flatMap((uri) => world.objects.pathsOf(uri))
      : [uploaded];
  if (paths.length === 0) throw invalid('Required parameter is missing: sourceUris');
  const options = loadOptions(wish);
  refuseView(world.facts, options);
  const isNew = !(await session.has(qualified(options)));
  if (isNew && textIn(wish, 'createDisposition') === 'CREATE_NEVER')
    throw notFound(`Table ${options.project}:${options.dataset}.${options.table}`);
  let rows = 0;
  let badRows = 0;
  let inputBytes = 0;
  await session.transaction(async () => {
    for (const [index, path] of paths.entries()) {
      inputBytes += (await stat(path)).size;
      const mode = index === 0 ? options.mode : 'append';
      const loaded = await loadFile(session, { ...options, mode, path });
      rows += loaded.rows;
      badRows += loaded.badRows;
    }
    await layOut(world, session, options, { wish, isNew });
    if (isNew) world.facts.change(factName(options), objectIn(wish, 'destinationTableProperties'));
  });
  world.warehouse.changed(options);
  return {
    statistics: {
      load: {
        inputFiles: String(paths.length),
        inputFileBytes: String(inputBytes),
        outputRows: String(rows),
        outputBytes: String(inputBytes),
        badRecords: String(badRows),
      },
    },
  };
}

interface Options extends Omit<LoadOptions, 'path' | keyof TableName>, Required<TableName> {
  readonly mode: 'append' | 'truncate' | 'empty';
}

function loadOptions(wish: JsonObject): Options {
  const format = formatOf(wish);
  const columns = columnsOfSchema(wish['schema']);
  return {
    ...tableIn(wish, 'destinationTable'),
    format,
    mode: modes[textIn(wish, 'writeDisposition') ?? 'WRITE_APPEND'] ?? 'append',
    maxBadRows: Number(textIn(wish, 'maxBadRecords') ?? 0),
    ...(columns && { columns }),
    refusesUnknown: wish['ignoreUnknownValues'] !== true,
    detects: wish['autodetect'] === true || format === 'parquet' || format === 'avro',
    ...csvOptions(wish),
  };
}

function formatOf(wish: JsonObject): LoadOptions['format'] {
  const wanted = textIn(wish, 'sourceFormat') ?? 'CSV';
  const format = formats[wanted];
  if (!format)
    throw invalid(`The sandbox does not load ${wanted}. It loads ${Object.keys(formats).join(', ')}.`);
  if (format === 'csv' && wish['ignoreUnknownValues'] === true)
    throw invalid('The sandbox does not support ignoreUnknownValues of CSV.');
  return format;
}

function csvOptions(wish: JsonObject): Pick<LoadOptions, 'header' | 'delimiter' | 'nullText'> {
  const skipped = textIn(wish, 'skipLeadingRows');
  if (skipped !== undefined && Number(skipped) > 1)
    throw invalid('The sandbox skips one leading row at most.');
  const delimiter = textIn(wish, 'fieldDelimiter');
  const nullText = textIn(wish, 'nullMarker');
  return {
    header: skipped === undefined ? wish['autodetect'] === true : Number(skipped) === 1,
    ...(delimiter !== undefined && { delimiter: delimiters[delimiter] ?? delimiter }),
    ...(nullText !== undefined && { nullText }),
  };
}

const delimiters: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t' };

function urisIn(of: JsonObject, field: string): readonly string[] {
  const list: Json | undefined = of[field];
  const texts = Array.isArray(list) ? list : list === undefined ? [] : [list];
  return texts.filter((one) => typeof one === 'string');
}

/** Writes a table into an object. */
export async function extract(
  world: FileWorld,
  session: Session,
  configuration: JsonObject,
): Promise<Outcome> {
  const wish = objectIn(configuration, 'extract');
  const table = tableIn(wish, 'sourceTable');
  refuseView(world.facts, table);
  const [uri, another] = [...urisIn(wish, 'destinationUris'), ...urisIn(wish, 'destinationUri')];
  if (another !== undefined) throw invalid('The sandbox does not support more than one of destinationUris.');
  if (uri === undefined) throw invalid('Required parameter is missing: destinationUris');
  const folder = await mkdtemp(join(tmpdir(), 'loadplan-extract-'));
  try {
    const path = join(folder, 'rows');
    await session.run(
      `COPY (${await rowsToWrite(session, table, wish)}) TO ${textLiteral(path)} (${copyFormat(wish)})`,
    );
    await world.objects.put(uri.replace('*', '000000000000'), path);
  } finally {
    await rm(folder, { recursive: true });
  }
  return { statistics: { extract: { destinationUriFileCounts: ['1'] } } };
}

/** Texts have a NUMERIC without the zeros at its end; JSON has INT64 as texts, within arrays and STRUCTs, too. */
async function rowsToWrite(session: Session, table: TableName, wish: JsonObject): Promise<string> {
  const all = `SELECT * FROM ${qualified(table)}`;
  const format = textIn(wish, 'destinationFormat');
  if (format === 'PARQUET') return all;
  const texts = (await session.columns(all)).flatMap(({ name, type }) => {
    const [column, text] = [quoted(name), type.toString()];
    if (/^DECIMAL\([\d,]+\)$/.test(text)) return [`bq_to_string(${column}) AS ${column}`];
    const isWhole = format === 'NEWLINE_DELIMITED_JSON' && /\bBIGINT\b/.test(text);
    return isWhole ? [`CAST(${column} AS ${text.replace(/\bBIGINT\b/g, 'VARCHAR')}) AS ${column}`] : [];
  });
  if (texts.length === 0) return all;
  return `SELECT * REPLACE (${texts.join(', ')}) FROM ${qualified(table)}`;
}

function copyFormat(wish: JsonObject): string {
  const format = textIn(wish, 'destinationFormat') ?? 'CSV';
  const compression = textIn(wish, 'compression');
  if (compression !== undefined && !['NONE', 'GZIP'].includes(compression) && format !== 'PARQUET') {
    throw invalid(`The sandbox does not write ${format} with the compression ${compression}.`);
  }
  const packed = compression === 'GZIP' ? `, COMPRESSION gzip` : '';
  if (format === 'CSV') {
    const delimiter = textLiteral(textIn(wish, 'fieldDelimiter') ?? ',');
    return `FORMAT csv, HEADER ${wish['printHeader'] !== false}, DELIMITER ${delimiter}${packed}`;
  }
  if (format === 'NEWLINE_DELIMITED_JSON') return `FORMAT json${packed}`;
  if (format === 'PARQUET') return 'FORMAT parquet';
  throw invalid(`The sandbox does not write ${format}. It writes CSV, NEWLINE_DELIMITED_JSON and PARQUET.`);
}

/** Copies tables: the rows of all of them, one after the other. */
export async function copy(world: FileWorld, session: Session, configuration: JsonObject): Promise<Outcome> {
  const wish = objectIn(configuration, 'copy');
  const list = wish['sourceTables'];
  const sources = Array.isArray(list) ? list : [wish['sourceTable'] ?? null];
  const rows = sources.map((sourceTable: Json) => {
    const name = tableIn({ sourceTable }, 'sourceTable');
    refuseView(world.facts, name);
    return `SELECT * FROM ${qualified(name)}`;
  });
  await writeRows(world, session, wish, { sql: rows.join(' UNION ALL '), how: 'WRITE_EMPTY' });
  return { statistics: { copy: {} } };
}

import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { columnOfJson, namedType, requiredColumns, wasNotConverted } from '../warehouse/json-columns.ts';
import type { NamedType } from '../warehouse/json-columns.ts';
import { qualified, quoted, textLiteral } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Session } from '../warehouse/session.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { InsertIds } from './insert-ids.ts';
import { textIn } from './parameters.ts';
import { invalid, QueryError } from './query-error.ts';

const mostRows = 50_000;

interface World {
  readonly warehouse: Warehouse;
  readonly insertIds: InsertIds;
}

/**
 * `tabledata.insertAll`: without `skipInvalidRows` one bad row stops them all. A row whose `insertId` came within the last
 * minute is there already.
 */
export async function insertAll(
  { warehouse, insertIds }: World,
  table: TableName,
  body: JsonObject,
): Promise<JsonObject> {
  const sent = rowsIn(body['rows']);
  const rows = sent.map(({ json }) => json);
  const name = qualified(table);
  const answer = await warehouse.withSession(async (session) => {
    const required = await requiredColumns(session, table);
    const columns = (await session.columns(`SELECT * FROM ${name}`)).map((column) => ({
      ...namedType(column.name, column.type),
      required: required.has(column.name),
    }));
    const unknown = body['ignoreUnknownValues'] === true ? [] : unknownFields(rows, columns);
    const wrong = [
      ...unknown,
      ...missingFields(rows, columns),
      ...(await unconverted(session, rows, columns)),
    ];
    const bad = new Set(wrong.map(({ index }) => index));
    const isStopped = bad.size > 0 && body['skipInvalidRows'] !== true;
    const good = isStopped ? [] : sent.filter((_, index) => !bad.has(index));
    const fresh = withoutRepeats(good, (id) => insertIds.has(name, id));
    await insert(
      session,
      table,
      fresh.map(({ json }) => json),
      columns,
    );
    for (const { insertId } of fresh) if (insertId !== undefined) insertIds.add(name, insertId);
    return { kind: 'bigquery#tableDataInsertAllResponse', ...errorsOf(wrong, rows.length, isStopped) };
  });
  warehouse.changed(table);
  return answer;
}

interface SentRow {
  readonly insertId: string | undefined;
  readonly json: JsonObject;
}

function withoutRepeats(rows: readonly SentRow[], isKnown: (id: string) => boolean): readonly SentRow[] {
  const here = new Set<string>();
  return rows.filter(({ insertId }) => {
    if (insertId === undefined || insertId === '') return true;
    const isRepeat = here.has(insertId) || isKnown(insertId);
    here.add(insertId);
    return !isRepeat;
  });
}

function rowsIn(list: Json | undefined): readonly SentRow[] {
  if (!Array.isArray(list) || list.length === 0) throw invalid('No rows present in the request.');
  if (list.length > mostRows)
    throw new QueryError('too many rows present in the request, limit: 50000', 'invalid', 413);
  return list.map((row: Json) => {
    const json = isJsonObject(row) ? row['json'] : undefined;
    if (!isJsonObject(row) || !isJsonObject(json)) throw invalid('Every row must be an object with "json".');
    return { insertId: textIn(row, 'insertId'), json };
  });
}

function missingFields(rows: readonly JsonObject[], columns: readonly NamedType[]): Wrong[] {
  const required = columns.filter((column) => column.required === true);
  return rows.flatMap((row, index) =>
    required
      .filter(({ name }) => row[name] === undefined || row[name] === null)
      .map(({ name }) => ({ index, field: name, message: `Missing required field: ${name}.` })),
  );
}

interface Wrong {
  readonly index: number;
  readonly field: string;
  readonly message: string;
}

function unknownFields(rows: readonly JsonObject[], columns: readonly NamedType[]): Wrong[] {
  const known = new Set(columns.map(({ name }) => name));
  return rows.flatMap((row, index) =>
    Object.keys(row)
      .filter((field) => !known.has(field))
      .map((field) => ({ index, field, message: `no such field: ${field}.` })),
  );
}

async function unconverted(
  session: Session,
  rows: readonly JsonObject[],
  columns: readonly NamedType[],
): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const tests = columns.map(
    (column) => `CASE WHEN ${wasNotConverted(column)} THEN ${textLiteral(column.name)} END`,
  );
  const result = await session.run(
    `SELECT i, list_filter([${tests.join(', ')}], lambda x: x IS NOT NULL) AS fields FROM (SELECT i, json, ${fieldsOf(columns)} FROM ${source(rows)}) WHERE len(fields) > 0 ORDER BY i`,
  );
  for (const [index, fields] of await result.getRowsJson()) {
    const names = Array.isArray(fields) ? fields.filter((one) => typeof one === 'string') : [];
    for (const field of names) {
      wrong.push({
        index: Number(index),
        field,
        message: `Cannot convert value to the type of ${field} (bad value).`,
      });
    }
  }
  return wrong;
}

function fieldsOf(columns: readonly NamedType[]): string {
  return columns.map((column) => `${columnOfJson(column)} AS ${quoted(column.name)}`).join(', ');
}

function source(rows: readonly JsonObject[]): string {
  const list = textLiteral(JSON.stringify(rows));
  return `(SELECT unnest(range(0, ${rows.length})) AS i, unnest(from_json(${list}, '["JSON"]')) AS json)`;
}

async function insert(
  session: Session,
  table: TableName,
  rows: readonly JsonObject[],
  columns: readonly NamedType[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  await session.run(
    `INSERT INTO ${qualified(table)} (${names}) SELECT ${fieldsOf(columns)} FROM ${source(rows)} ORDER BY i`,
  );
}

function errorsOf(wrong: readonly Wrong[], count: number, isStopped: boolean): JsonObject {
  if (wrong.length === 0) return {};
  const insertErrors: JsonObject[] = [];
  for (let index = 0; index < count; index++) {
    const own = wrong.filter((one) => one.index === index);
    const errors = own.map(({ field, message }) => ({
      reason: 'invalid',
      location: field,
      debugInfo: '',
      message,
    }));
    if (errors.length > 0) insertErrors.push({ index, errors });
    else if (isStopped)
      insertErrors.push({ index, errors: [{ reason: 'stopped', location: '', debugInfo: '', message: '' }] });
  }
  return { insertErrors };
}

import { isJsonObject } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { readOptions, tableOptions } from './options.ts';
import { listOf } from './writing.ts';
import type { Writing } from './writing.ts';

/** What follows the columns of CREATE TABLE, as the fields that a table has in REST. */
export interface TableClauses {
  readonly fields: JsonObject;
  /** SQL of the time at which it goes. */
  readonly expires: string | undefined;
}

/** Reads `PARTITION BY … CLUSTER BY … OPTIONS (…)`. */
export function readClauses(writing: Writing): TableClauses {
  const { cursor } = writing;
  const partitions = cursor.take('PARTITION', 'BY') ? readPartitions(writing) : {};
  const clustering = cursor.take('CLUSTER', 'BY')
    ? { clustering: { fields: listOf(writing, () => cursor.name()) } }
    : {};
  const options = cursor.take('OPTIONS') ? readOptions(writing, tableOptions) : { fields: {} };
  return {
    fields: { ...clustering, ...merged(partitions, options.fields) },
    expires: 'expires' in options ? options.expires : undefined,
  };
}

/** The life of partitions is said with the options, and belongs to what is said of partitions. */
function merged(partitions: JsonObject, { partitionExpirationMs, ...fields }: JsonObject): JsonObject {
  const by = partitions['timePartitioning'];
  if (partitionExpirationMs === undefined || by === undefined || !isJsonObject(by))
    return { ...partitions, ...fields };
  return { ...fields, timePartitioning: { ...by, expirationMs: partitionExpirationMs } };
}

const truncations = new Set(['DATE_TRUNC', 'DATETIME_TRUNC', 'TIMESTAMP_TRUNC']);

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#partition_expression */
function readPartitions(writing: Writing): JsonObject {
  const { cursor } = writing;
  const token = cursor.peek();
  const isCall = cursor.peek(1).text === '(' && token.kind === 'word';
  if (!isCall) return time(pseudoless(writing), 'DAY');
  cursor.next();
  cursor.expect('(');
  const field = pseudoless(writing);
  const partitions = partitionsBy(writing, token.text, field);
  cursor.expect(')');
  return partitions;
}

function partitionsBy(writing: Writing, name: string, field: string): JsonObject {
  const { cursor } = writing;
  if (name === 'DATE') return time(field, 'DAY');
  cursor.expect(',');
  if (truncations.has(name)) return time(field, cursor.next().text);
  if (name !== 'RANGE_BUCKET') throw cursor.unsupported(`PARTITION BY ${name}(…)`);
  cursor.expect('GENERATE_ARRAY');
  cursor.expect('(');
  const [start = '', end = '', interval = '1'] = listOf(writing, () => wholeNumber(writing));
  cursor.expect(')');
  return { rangePartitioning: { field, range: { start, end, interval } } };
}

function wholeNumber(writing: Writing): string {
  const { cursor, expression } = writing;
  const token = cursor.peek();
  const { number } = expression(writing);
  if (number === undefined) throw cursor.unsupported('a range of partitions that is not of numbers', token);
  return String(number);
}

function time(field: string, type: string): JsonObject {
  return { timePartitioning: { type, field } };
}

/** The name of the column. Partitions by the time of ingestion have none. */
function pseudoless({ cursor }: Writing): string {
  const token = cursor.peek();
  const name = cursor.name();
  if (/^_PARTITION(DATE|TIME)$/i.test(name)) throw cursor.unsupported(name, token);
  return name;
}

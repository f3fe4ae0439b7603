import type { JsonObject } from '../json.ts';
import { quoted } from '../warehouse/names.ts';
import { flagIn, objectIn, textIn } from './parameters.ts';
import { invalid } from './query-error.ts';
import type { Span } from './sql/reads.ts';

/** A column and its DuckDB type, as text. */
export interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

/** How a table is cut into partitions. */
export interface Layout {
  readonly column: string;
  readonly span: Span;
  /** Whether a row is in none of the partitions, so that it is always read. SQL. */
  readonly outside: string | undefined;
  /** Queries must say which partitions they want. */
  readonly needsFilter: boolean;
}

const units: Readonly<Record<string, readonly string[]>> = {
  DATE: ['DAY', 'MONTH', 'YEAR'],
  TIMESTAMP: ['HOUR', 'DAY', 'MONTH', 'YEAR'],
  'TIMESTAMP WITH TIME ZONE': ['HOUR', 'DAY', 'MONTH', 'YEAR'],
};

/** The layout that a table's resource of REST asks for; a QueryError if the columns do not allow it. */
export function layoutOf(fields: JsonObject, columns: readonly TypedColumn[]): Layout | undefined {
  const time = fields['timePartitioning'];
  const range = fields['rangePartitioning'];
  checkClustering(fields, columns);
  if (time && range) throw invalid('A table has timePartitioning or rangePartitioning, not both.');
  const needsFilter =
    flagIn(fields, 'requirePartitionFilter') ||
    flagIn(objectIn(fields, 'timePartitioning'), 'requirePartitionFilter');
  if (time) return { ...timeLayout(objectIn(fields, 'timePartitioning'), columns), needsFilter };
  if (range) return { ...rangeLayout(objectIn(fields, 'rangePartitioning'), columns), needsFilter };
  if (needsFilter) throw invalid('require_partition_filter is for partitioned tables only.');
  return undefined;
}

function timeLayout(time: JsonObject, columns: readonly TypedColumn[]): Omit<Layout, 'needsFilter'> {
  const field = textIn(time, 'field');
  if (field === undefined) {
    throw invalid(
      'The sandbox does not support partitions by the time of ingestion (timePartitioning without field, _PARTITIONDATE). Name a column.',
    );
  }
  const { name, type } = columnOf(field, columns);
  const unit = textIn(time, 'type') ?? 'DAY';
  const allowed = units[type];
  if (!allowed)
    throw invalid(`The field ${field} cannot be partitioned by time: it is no DATE, DATETIME or TIMESTAMP.`);
  if (!allowed.includes(unit))
    throw invalid(`The field ${field} can be partitioned by ${allowed.join(', ')}, not by ${unit}.`);
  return { column: name, span: timeSpan(quoted(name), type, unit), outside: undefined };
}

/** Times with a zone are cut as times of UTC without one: DuckDB's calendar of zones is several times slower. */
function timeSpan(column: string, type: string, unit: string): Span {
  if (type === 'TIMESTAMP WITH TIME ZONE') {
    const cut = `date_trunc('${unit.toLowerCase()}', make_timestamp(epoch_us(${column})))`;
    const zoned = (time: string) => `make_timestamptz(epoch_us(${time}))`;
    return { low: zoned(cut), high: zoned(`${cut} + INTERVAL 1 ${unit} - INTERVAL 1 MICROSECOND`) };
  }
  const low = `CAST(date_trunc('${unit.toLowerCase()}', ${column}) AS ${type})`;
  const step = type === 'DATE' ? 'INTERVAL 1 DAY' : 'INTERVAL 1 MICROSECOND';
  return { low, high: `CAST(${low} + INTERVAL 1 ${unit} - ${step} AS ${type})` };
}

function rangeLayout(range: JsonObject, columns: readonly TypedColumn[]): Omit<Layout, 'needsFilter'> {
  const field = textIn(range, 'field') ?? '';
  const { name, type } = columnOf(field, columns);
  if (type !== 'BIGINT') throw invalid(`The field ${field} cannot be partitioned by range: it is no INT64.`);
  const [start, end, interval] = ['start', 'end', 'interval'].map((key) =>
    Number(textIn(objectIn(range, 'range'), key)),
  );
  const isRight =
    start !== undefined && end !== undefined && interval !== undefined && interval > 0 && end > start;
  if (!isRight) throw invalid('rangePartitioning needs a range with start, end and a positive interval.');
  if ((end - start) / interval > 10_000) throw invalid('A table can have 10000 partitions at most.');
  const column = quoted(name);
  const low = `(${column} - (${column} - ${start}) % ${interval})`;
  return {
    column: name,
    span: { low, high: `(${low} + ${interval - 1})` },
    outside: `(${column} < ${start} OR ${column} >= ${end})`,
  };
}

function checkClustering(fields: JsonObject, columns: readonly TypedColumn[]): void {
  if (fields['clustering'] === undefined || fields['clustering'] === null) return;
  const list = objectIn(fields, 'clustering')['fields'];
  const names = Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  if (names.length < 1 || names.length > 4) throw invalid('Tables can be clustered by one to four fields.');
  for (const name of names) {
    const { type } = columnOf(name, columns);
    const isSimple =
      type !== 'DOUBLE' && type !== 'TIME' && !/[\](]/.test(type.replace(/^DECIMAL\(.*\)$/, ''));
    if (!isSimple) throw invalid(`The field ${name} cannot be clustered by: its type does not allow it.`);
  }
}

function columnOf(field: string, columns: readonly TypedColumn[]): TypedColumn {
  const found = columns.find(({ name }) => name.toLowerCase() === field.toLowerCase());
  if (!found)
    throw invalid(
      `The field specified for partitioning or clustering cannot be found in the schema: ${field}.`,
    );
  return found;
}

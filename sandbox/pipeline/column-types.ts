import { quoted, textLiteral } from '../warehouse/names.ts';
import type { Session } from '../warehouse/session.ts';
import type { Landing } from './landing-path.ts';

/** A column of a table, its type as DuckDB writes it. */
export interface FoundColumn {
  readonly name: string;
  readonly type: string;
}

export interface TextFile {
  readonly path: string;
  readonly format: Landing['format'];
  readonly compression: 'gzip' | 'uncompressed';
}

const sampledRows = 5000;
/** A column has the type that this share of its values has; the others are wrong. */
const majorityRatio = 0.7;

/** Types from the narrowest, and what tells that a text is of one. */
const types = [
  ['BIGINT', `regexp_full_match(trim(value), '[+-]?[0-9]{1,18}')`],
  ['DOUBLE', `try_cast(value AS DOUBLE) IS NOT NULL`],
  ['BOOLEAN', `lower(value) IN ('true', 'false')`],
  ['DATE', `regexp_full_match(value, '[0-9]{4}-[0-9]{2}-[0-9]{2}')`],
  ['TIMESTAMP WITH TIME ZONE', `try_cast(value AS TIMESTAMP WITH TIME ZONE) IS NOT NULL`],
] as const;

/**
 * The columns of a CSV or JSON file by what most of its values are, so that a few wrong ones do not make a text of
 * a number. Nothing for other formats, whose columns have types, and for JSON that is nested.
 */
export async function majorityColumns(
  session: Session,
  file: TextFile,
): Promise<readonly FoundColumn[] | undefined> {
  if (file.format === 'parquet' || file.format === 'avro') return undefined;
  const values = file.format === 'csv' ? csvValues(file) : jsonValues(file);
  const counts = types.map(([, test]) => `count_if(${test})`).join(', ');
  const nested = file.format === 'json' ? 'count_if(nested)' : '0';
  const result = await session.run(
    `SELECT name, min(place), count(value), ${nested}, ${counts} FROM (${values}) GROUP BY name ORDER BY 2`,
  );
  const rows = await result.getRowsJS();
  if (rows.some(([, , , nestedValues]) => Number(nestedValues) > 0)) return undefined;
  return rows.map(([name, , count, , ...fitting]) => ({
    name: typeof name === 'string' ? name : '',
    type:
      types.find(
        (_, index) => Number(count) > 0 && Number(fitting[index]) >= majorityRatio * Number(count),
      )?.[0] ?? 'VARCHAR',
  }));
}

function csvValues({ path, compression }: TextFile): string {
  const reader = `read_csv(${textLiteral(path)}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', ignore_errors = true, strict_mode = false, compression = '${compression}')`;
  return `SELECT c.name, c.place, r.value FROM (SELECT name, row_number() OVER () AS place FROM (DESCRIBE SELECT * FROM ${reader}) AS d(name)) AS c
    LEFT JOIN (UNPIVOT (SELECT * FROM ${reader} LIMIT ${sampledRows}) ON COLUMNS(*) INTO NAME name VALUE value) AS r USING (name)`;
}

function jsonValues({ path, compression }: TextFile): string {
  const reader = `read_json_objects(${textLiteral(path)}, ignore_errors = false, compression = '${compression}')`;
  return `SELECT name, place, json_extract_string(json, pointer) AS value, json_type(json, pointer) IN ('OBJECT', 'ARRAY') AS nested
    FROM (SELECT json, unnest(json_keys(json)) AS name, unnest(range(len(json_keys(json)))) AS place, '/' || replace(replace(name, '~', '~0'), '/', '~1') AS pointer FROM (SELECT json FROM ${reader} LIMIT ${sampledRows}))`;
}

/** `"a", "b"`. */
export function columnList(columns: readonly { readonly name: string }[]): string {
  return columns.map(({ name }) => quoted(name)).join(', ');
}

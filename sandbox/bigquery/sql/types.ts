import { quoted } from '../../warehouse/names.ts';
import { numeric } from '../../warehouse/numeric-macros.ts';
import { decimalType } from '../decimal-type.ts';
import type { Cursor } from './cursor.ts';

/** DuckDB's type for a simple type of GoogleSQL, by all of its names. */
export const simpleTypes: Readonly<Record<string, string>> = {
  INT64: 'BIGINT',
  INT: 'BIGINT',
  INTEGER: 'BIGINT',
  BIGINT: 'BIGINT',
  SMALLINT: 'BIGINT',
  TINYINT: 'BIGINT',
  BYTEINT: 'BIGINT',
  FLOAT64: 'DOUBLE',
  FLOAT: 'DOUBLE',
  BOOL: 'BOOLEAN',
  BOOLEAN: 'BOOLEAN',
  STRING: 'VARCHAR',
  BYTES: 'BLOB',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP',
  TIME: 'TIME',
  TIMESTAMP: 'TIMESTAMP WITH TIME ZONE',
  NUMERIC: numeric,
  DECIMAL: numeric,
};

/** Reads a type and gives DuckDB's: `ARRAY<STRUCT<a INT64>>` is `STRUCT("a" BIGINT)[]`. */
export function readType(cursor: Cursor): string {
  if (cursor.take('ARRAY')) {
    cursor.expect('<');
    const element = readType(cursor);
    cursor.expect('>');
    return `${element}[]`;
  }
  if (cursor.take('STRUCT')) return readStruct(cursor);
  const token = cursor.next();
  const type = token.kind === 'word' ? simpleTypes[token.text] : undefined;
  if (type === undefined) throw cursor.unsupported(`the type ${token.text}`, token);
  if (type === numeric && cursor.take('(')) return readDecimal(cursor);
  if (cursor.is('(')) throw cursor.unsupported(`${token.text} with a length`, token);
  return type;
}

/** `NUMERIC(10, 2)`. */
function readDecimal(cursor: Cursor): string {
  const precision = cursor.next().text;
  const scale = cursor.take(',') ? cursor.next().text : undefined;
  cursor.expect(')');
  return decimalType(precision, scale);
}

function readStruct(cursor: Cursor): string {
  cursor.expect('<');
  const fields: string[] = [];
  do {
    const named =
      cursor.isName() && !cursor.is('STRUCT') && (cursor.isName(1) || cursor.peek(1).kind === 'word');
    const name = named ? cursor.name() : `_field_${fields.length + 1}`;
    fields.push(`${quoted(name)} ${readType(cursor)}`);
  } while (cursor.take(','));
  cursor.expect('>');
  return `STRUCT(${fields.join(', ')})`;
}

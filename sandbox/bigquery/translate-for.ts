import { schemaNameOf, textLiteral } from '../warehouse/names.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Reference } from './sql/reads.ts';
import { translate } from './sql/translate.ts';
import type { TranslateOptions, Translation } from './sql/translate.ts';

export interface TranslateForOptions extends Omit<TranslateOptions, 'parameter'> {
  /** Begins to read the parameters anew. */
  readonly parameter: () => TranslateOptions['parameter'];
}

/** Translates a statement; once more with the arithmetic of NUMERIC if it reads tables that have such columns. */
export async function translateFor(
  { warehouse }: { readonly warehouse: Warehouse },
  sql: string,
  options: TranslateForOptions,
): Promise<Translation> {
  const translated = (isExact = false) =>
    translate(sql, { ...options, isExact, parameter: options.parameter() });
  const first = translated(options.isExact);
  if (first.isExact || first.references.length === 0) return first;
  return (await haveNumeric(warehouse, first.references)) ? translated(true) : first;
}

async function haveNumeric(warehouse: Warehouse, tables: readonly Reference[]): Promise<boolean> {
  const names = tables.map(
    (name) => `(${textLiteral(schemaNameOf(name).toLowerCase())}, ${textLiteral(name.table.toLowerCase())})`,
  );
  const found = await warehouse.run(
    `SELECT 1 FROM duckdb_columns() WHERE contains(data_type, 'DECIMAL') AND (lower(schema_name), lower(table_name)) IN (${names.join(', ')}) LIMIT 1`,
  );
  return found.rowCount > 0;
}

import { schemaNameOf, textLiteral } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import type { Reference } from './sql/reads.ts';
import { namesNumeric, translate } from './sql/translate.ts';
import type { TranslateOptions, Translation } from './sql/translate.ts';
import { checkTarget } from './view-target.ts';
import { matchesFor } from './wildcard-tables.ts';

interface World {
  readonly warehouse: Warehouse;
  readonly facts: DatasetFacts;
}

export interface TranslateForOptions extends Omit<TranslateOptions, 'parameter' | 'viewOf' | 'matchesOf'> {
  /** Begins to read the parameters anew. */
  readonly parameter: () => TranslateOptions['parameter'];
}

/** Translates a statement; once more with the arithmetic of NUMERIC if it reads tables that have such columns. */
export async function translateFor(
  { warehouse, facts }: World,
  sql: string,
  options: TranslateForOptions,
): Promise<Translation> {
  let sees = options.isExact;
  const viewOf = (name: Required<TableName>) => {
    const view = facts.viewOf(name);
    if (view && namesNumeric(view.query)) sees = true;
    return view;
  };
  const matchesOf = await matchesFor({ warehouse, facts }, sql);
  const translated = (isExact = false) =>
    translate(sql, { ...options, isExact, viewOf, matchesOf, parameter: options.parameter() });
  const first = translated(sees);
  checkTarget(facts, first);
  if (sees && !first.isExact) return translated(true);
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

import type { TableName } from '../warehouse/names.ts';
import { schemaNameOf } from '../warehouse/names.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import type { MatchedTable, Matches, MatchesOf } from './sql/matches.ts';

interface World {
  readonly warehouse: Warehouse;
  readonly facts: DatasetFacts;
}

interface FoundTable {
  readonly schema: string;
  readonly table: string;
  readonly columns: MatchedTable['columns'];
}

/** What the wildcards of a query can match. Only a query that has one, or could read a view that has, looks for it. */
export async function matchesFor({ warehouse, facts }: World, sql: string): Promise<MatchesOf> {
  const views = facts.tables().flatMap(({ name }) => facts.viewOf(name) ?? []);
  const mayMatch = [sql, ...views.map(({ query }) => query)].some((text) => /\*\s*`/.test(text));
  const all = mayMatch ? await allTables(warehouse) : [];
  return (prefix) => matching(all, facts, prefix);
}

function matching(all: readonly FoundTable[], facts: DatasetFacts, prefix: Required<TableName>): Matches {
  const { project, dataset } = prefix;
  const schema = schemaNameOf(prefix).toLowerCase();
  const tables = all.filter((one) => one.schema === schema && one.table.startsWith(prefix.table));
  const views = facts.viewsOf(project, dataset).filter((name) => name.startsWith(prefix.table));
  return {
    tables: tables.map(({ table, columns }) => ({ name: { project, dataset, table }, columns })),
    views: [...views].sort(),
  };
}

/** All tables, the newest first: their numbers in DuckDB's catalogue grow. */
async function allTables(warehouse: Warehouse): Promise<readonly FoundTable[]> {
  const found = await warehouse.run(
    `SELECT lower(schema_name), table_name, list(column_name ORDER BY column_index), list(data_type ORDER BY column_index)
     FROM duckdb_columns() WHERE NOT internal AND contains(schema_name, '.') GROUP BY schema_name, table_name, table_oid
     ORDER BY table_oid DESC`,
  );
  return (await found.getRowsJson()).map(([schema, table, names, types]) => {
    const typesOf = texts(types);
    const columns = texts(names).map((name, index) => ({ name, type: typesOf[index] ?? 'VARCHAR' }));
    return { schema: text(schema), table: text(table), columns };
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

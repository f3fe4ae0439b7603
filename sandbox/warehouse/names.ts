import { sandboxProject } from '../variables.ts';

/** Names and texts as DuckDB's SQL writes them. */

export interface TableName {
  /** Without one: the sandbox's own project. */
  readonly project?: string;
  readonly dataset: string;
  readonly table: string;
}

/** `"a ""b"""`. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'it''s'`. DuckDB knows no escapes between quotes, so this holds any text. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The name of the schema that holds a table, as DuckDB's catalog has it. */
export function schemaNameOf({ project, dataset }: Pick<TableName, 'project' | 'dataset'>): string {
  return `${project ?? sandboxProject}.${dataset}`;
}

/** The schema that holds a dataset: `"project.dataset"`, so that one database holds all projects. */
export function schemaOf(project: string | undefined, dataset: string): string {
  return quoted(`${project ?? sandboxProject}.${dataset}`);
}

/** `"project.dataset"."table"`. */
export function qualified({ project, dataset, table }: TableName): string {
  return `${schemaOf(project, dataset)}.${quoted(table)}`;
}

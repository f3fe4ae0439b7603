import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { requiredColumns } from '../warehouse/json-columns.ts';
import type { NamedType } from '../warehouse/json-columns.ts';
import type { TypedColumn } from './layout.ts';
import { qualified, quoted } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Column, Session } from '../warehouse/session.ts';
import { typesOf } from './bytes-read.ts';
import { invalid } from './query-error.ts';
import { columnsOfSchema, fieldOf } from './wire-schema.ts';

type Name = Required<TableName>;

/** A table's schema as REST shows it: with its required columns, and with what was said of each column. */
export async function schemaOf(
  session: Session,
  name: Name,
  columns: readonly Column[],
  said: Json | undefined,
): Promise<JsonObject> {
  const required = await requiredColumns(session, name);
  const fields = columns.map((column) => {
    const field = fieldOf(column);
    const description = noteOf(said, column.name);
    return {
      ...field,
      ...(required.has(column.name) && { mode: 'REQUIRED' }),
      ...(description !== undefined && { description }),
    };
  });
  return { fields };
}

function noteOf(said: Json | undefined, name: string): Json | undefined {
  const list = isJsonObject(said) ? said['fields'] : undefined;
  const fields: readonly Json[] = Array.isArray(list) ? list : [];
  return fields.filter(isJsonObject).find((one) => one['name'] === name)?.['description'];
}

/** Makes the columns of a table those of a new schema: more of them, and fewer that are required. */
export async function changeSchema(session: Session, name: Name, schema: Json | undefined): Promise<void> {
  const wanted = columnsOfSchema(schema);
  if (!wanted) return;
  const table = qualified(name);
  const before = new Map(
    (await typesOf(session, table)).map((column) => [column.name.toLowerCase(), column]),
  );
  const required = await requiredColumns(session, name);
  const names = new Set(wanted.map((column) => column.name.toLowerCase()));
  const missing = [...before.values()].find((column) => !names.has(column.name.toLowerCase()));
  if (missing) throw mismatch(name, `Field ${missing.name} is missing in new schema`);
  for (const column of wanted) {
    const old = before.get(column.name.toLowerCase());
    const wasRequired = required.has(old?.name ?? '');
    checkColumn(name, column, { old, wasRequired });
    const change = changeOf(column, { old, wasRequired });
    if (change !== undefined) await session.run(`ALTER TABLE ${table} ${change}`);
  }
}

interface Before {
  readonly old: TypedColumn | undefined;
  readonly wasRequired: boolean;
}

function checkColumn(
  table: Name,
  { name, type, required = false }: NamedType,
  { old, wasRequired }: Before,
): void {
  if (old && old.type !== type)
    throw mismatch(table, `Field ${name} has changed type from ${old.type} to ${type}`);
  if (required && !wasRequired) throw mismatch(table, `Cannot make field ${name} required`);
}

function changeOf(
  { name, type, required = false }: NamedType,
  { old, wasRequired }: Before,
): string | undefined {
  if (!old) return `ADD COLUMN ${quoted(name)} ${type}`;
  return wasRequired && !required ? `ALTER COLUMN ${quoted(old.name)} DROP NOT NULL` : undefined;
}

function mismatch({ project, dataset, table }: Name, why: string): Error {
  return invalid(`Provided Schema does not match Table ${project}:${dataset}.${table}. ${why}`);
}

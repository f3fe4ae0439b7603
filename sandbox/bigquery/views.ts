import type { JsonObject } from '../json.ts';
import { qualified } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Column, Session } from '../warehouse/session.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { objectIn, textIn } from './parameters.ts';
import { alreadyExists, invalid, notFound } from './query-error.ts';
import type { Information } from './sql/information-view.ts';
import type { Translation } from './sql/translate.ts';
import { translated } from './translated-error.ts';
import { translateFor } from './translate-for.ts';
import { said } from './view-target.ts';

type Name = Required<TableName>;

interface World {
  readonly warehouse: Warehouse;
  readonly facts: DatasetFacts;
}

/** Makes a view, or takes it away. */
export async function changeView(
  { facts }: World,
  session: Session,
  { type, target, view, isReplace = false, isLenient = false }: Translation,
  fields: JsonObject,
): Promise<void> {
  if (!target) return;
  const isTable = await session.has(qualified(target));
  if (type === 'DROP_VIEW') {
    dropView(facts, target, { isTable, isLenient });
    return;
  }
  if (!view) return;
  const isView = facts.viewOf(target) !== undefined;
  if (isReplace && isTable)
    throw invalid(`${said(target)} is not allowed for this operation because it is currently a TABLE.`);
  if (!isTable && (!isView || isReplace)) facts.madeView(target, view, fields);
  else if (!isLenient) throw alreadyExists(`Table ${said(target)}`);
}

function dropView(
  facts: DatasetFacts,
  name: Name,
  { isTable, isLenient }: { readonly isTable: boolean; readonly isLenient: boolean },
): void {
  if (isTable)
    throw invalid(`Cannot drop ${said(name)} which has type TABLE. An object of type VIEW was expected.`);
  if (facts.viewOf(name)) facts.forgetTable(name);
  else if (!isLenient) throw notFound(`Table ${said(name)}`);
}

/** A view's query in DuckDB's words. */
export function translateView(world: World, name: Name, query: string): Promise<Translation> {
  return translateFor(world, query, {
    project: name.project,
    information: noInformation,
    parameter: () => () => {
      throw invalid('Query parameters cannot be used in a view.');
    },
  });
}

const noInformation: Information = {};

/** The columns of a view, as its tables are now. */
export async function columnsOfView(world: World, name: Name): Promise<readonly Column[]> {
  const { project, dataset, table } = name;
  const { sql } = await translateView(world, name, `SELECT * FROM \`${project}.${dataset}.${table}\``);
  return world.warehouse.withSession((session) => session.columns(sql));
}

/** A view can be made only of what is there. */
export async function checkView(world: World, name: Name, query: string): Promise<void> {
  const translation = await translateView(world, name, query);
  if (translation.type !== 'SELECT') throw invalid('The query of a view must be a SELECT.');
  await world.warehouse
    .withSession((session) => session.columns(translation.sql))
    .catch((problem: unknown) => {
      throw translated(problem, translation);
    });
}

/** The query of a view that REST sends; undefined if it is none. */
export function viewIn(body: JsonObject): string | undefined {
  if (body['view'] === undefined || body['view'] === null) return undefined;
  const view = objectIn(body, 'view');
  if (view['useLegacySql'] !== false)
    throw invalid('The sandbox does not support views in legacy SQL. Set view.useLegacySql to false.');
  const query = textIn(view, 'query');
  if (query === undefined) throw invalid('Required parameter is missing: view.query');
  return query;
}

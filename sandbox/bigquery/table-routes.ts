import { Hono } from 'hono';
import type { Context } from 'hono';
import type { JsonObject } from '../json.ts';
import { qualified, quoted } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import { tableBytes } from './bytes-read.ts';
import { checkDataset, tableNames } from './dataset-routes.ts';
import { bodyOf, handler, numberIn, param } from './exchange.ts';
import type { Answer, World } from './exchange.ts';
import { insertAll } from './insert-rows.ts';
import { layoutOf } from './layout.ts';
import { Pages } from './pages.ts';
import { objectIn, textIn } from './parameters.ts';
import { alreadyExists, invalid, notFound } from './query-error.ts';
import { columnsOfSchema, schemaOfColumns } from './wire-schema.ts';

/** Tables and their rows. */
export function tableRoutes(world: World): Hono {
  const app = new Hono();
  const at = '/projects/:project/datasets/:dataset/tables';
  app.get(
    at,
    handler(world, (context, project) => list(world, project, param(context, 'dataset'))),
  );
  app.post(
    at,
    handler(world, async (context, project) =>
      create(world, project, param(context, 'dataset'), await bodyOf(context)),
    ),
  );
  app.get(
    `${at}/:table`,
    handler(world, (context) => resource(world, nameOf(context))),
  );
  const change = handler(world, async (context) =>
    changeTable(world, nameOf(context), await bodyOf(context)),
  );
  app.patch(`${at}/:table`, change);
  app.put(`${at}/:table`, change);
  app.delete(
    `${at}/:table`,
    handler(world, (context) => remove(world, nameOf(context))),
  );
  app.get(
    `${at}/:table/data`,
    handler(world, (context) => rows(world, context)),
  );
  app.post(
    `${at}/:table/insertAll`,
    handler(world, async (context) => {
      const name = nameOf(context);
      await columnsOfTable(world, name);
      return insertAll(world.warehouse, name, await bodyOf(context));
    }),
  );
  return app;
}

type Name = Required<TableName>;

function nameOf(context: Context): Name {
  return {
    project: param(context, 'project'),
    dataset: param(context, 'dataset'),
    table: param(context, 'table'),
  };
}

function said({ project, dataset, table }: Name): string {
  return `Table ${project}:${dataset}.${table}`;
}

/** The columns of a table; 404 without it. */
async function columnsOfTable(world: World, name: Name) {
  return world.warehouse.withSession((session) =>
    session.columns(`SELECT * FROM ${qualified(name)}`).catch(() => {
      throw notFound(said(name));
    }),
  );
}

async function list(world: World, project: string, dataset: string): Promise<Answer> {
  await checkDataset(world, project, dataset);
  const tables = (await tableNames(world, project, dataset)).map((table) =>
    facts(world, { project, dataset, table }),
  );
  return { kind: 'bigquery#tableList', tables, totalItems: tables.length };
}

async function create(world: World, project: string, dataset: string, body: JsonObject): Promise<Answer> {
  await checkDataset(world, project, dataset);
  const table = textIn(objectIn(body, 'tableReference'), 'tableId') ?? '';
  if (!/^[\p{L}\p{M}\p{N}\p{Pc}\p{Pd} ]{1,1024}$/u.test(table)) throw invalid(`Invalid table ID "${table}".`);
  const name = { project, dataset, table };
  if ((await tableNames(world, project, dataset)).includes(table)) throw alreadyExists(said(name));
  const columns = columnsOfSchema(body['schema']);
  if (!columns || columns.length === 0)
    throw invalid('The sandbox needs a schema with at least one field to make a table.');
  const fields = Object.fromEntries(Object.entries(body).filter(([field]) => field !== 'schema'));
  layoutOf(fields, columns);
  const list = columns.map(({ name: column, type }) => `${quoted(column)} ${type}`).join(', ');
  await world.warehouse.run(`CREATE TABLE ${qualified(name)} (${list})`);
  world.warehouse.changed(name);
  world.facts.made(name, fields);
  return resource(world, name);
}

function facts(world: World, { project, dataset, table }: Name): JsonObject {
  const { fields, createdEpochMs, changedEpochMs } = world.facts.of(`${project}.${dataset}.${table}`);
  return {
    ...fields,
    kind: 'bigquery#table',
    type: 'TABLE',
    id: `${project}:${dataset}.${table}`,
    etag: String(changedEpochMs),
    tableReference: { projectId: project, datasetId: dataset, tableId: table },
    creationTime: String(createdEpochMs),
    lastModifiedTime: String(changedEpochMs),
  };
}

async function resource(world: World, name: Name): Promise<JsonObject> {
  const columns = await columnsOfTable(world, name);
  return world.warehouse.withSession(async (session) => {
    const count = await session.run(`SELECT count(*) FROM ${qualified(name)}`);
    return {
      ...facts(world, name),
      location: 'US',
      schema: schemaOfColumns(columns),
      numRows: String(Number((await count.getRowsJS())[0]?.[0])),
      numBytes: String(await tableBytes(session, name)),
    };
  });
}

async function changeTable(world: World, name: Name, body: JsonObject): Promise<Answer> {
  const before = await columnsOfTable(world, name);
  const known = new Set(before.map(({ name: column }) => column.toLowerCase()));
  for (const { name: column, type } of columnsOfSchema(body['schema']) ?? []) {
    if (known.has(column.toLowerCase())) continue;
    await world.warehouse.run(`ALTER TABLE ${qualified(name)} ADD COLUMN ${quoted(column)} ${type}`);
    world.warehouse.changed(name);
  }
  const fields = Object.fromEntries(Object.entries(body).filter(([field]) => field !== 'schema'));
  world.facts.change(`${name.project}.${name.dataset}.${name.table}`, fields);
  return resource(world, name);
}

async function remove(world: World, name: Name): Promise<Answer> {
  await columnsOfTable(world, name);
  await world.warehouse.run(`DROP TABLE ${qualified(name)}`);
  world.warehouse.changed(name);
  world.facts.forget(`${name.project}.${name.dataset}.${name.table}`);
  return undefined;
}

/** `tabledata.list`. */
async function rows(world: World, context: Context): Promise<Answer> {
  const name = nameOf(context);
  await columnsOfTable(world, name);
  const token = context.req.query('pageToken');
  const from = token === undefined ? (numberIn(context, 'startIndex') ?? 0) : Number(token);
  const most = numberIn(context, 'maxResults') ?? 50_000;
  const wanted = textIn({ fields: context.req.query('selectedFields') ?? null }, 'fields');
  const columns = wanted === undefined ? '*' : wanted.split(',').map(quoted).join(', ');
  return world.warehouse.withSession(async (session) => {
    const count = Number(
      (await (await session.run(`SELECT count(*) FROM ${qualified(name)}`)).getRowsJS())[0]?.[0],
    );
    const pages = new Pages(
      await session.run(`SELECT ${columns} FROM ${qualified(name)} LIMIT ${most} OFFSET ${from}`),
    );
    const int64Timestamps = context.req.query('formatOptions.useInt64Timestamp') === 'true';
    const page = await pages.page({ from: 0, most, int64Timestamps });
    const next = from + page.rows.length;
    const isMore = page.rows.length > 0 && next < count;
    return {
      kind: 'bigquery#tableDataList',
      totalRows: String(count),
      rows: page.rows,
      ...(isMore && { pageToken: String(next) }),
    };
  });
}

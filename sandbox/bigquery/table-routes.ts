import { Hono } from 'hono';
import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { columnList } from '../warehouse/json-columns.ts';
import { qualified } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Column } from '../warehouse/session.ts';
import { tableBytes } from './bytes-read.ts';
import { checkConditions, conditions } from './conditions.ts';
import { factName } from './dataset-facts.ts';
import { checkDataset, tableNames } from './dataset-routes.ts';
import { handler } from './exchange.ts';
import type { Answer, Call, World } from './exchange.ts';
import * as known from './known-fields.ts';
import { layoutOf } from './layout.ts';
import { pageOf } from './list-page.ts';
import { objectIn, textIn } from './parameters.ts';
import { alreadyExists, invalid, notFound } from './query-error.ts';
import { changeSchema, schemaOf } from './table-schema.ts';
import { checkView, columnsOfView, viewIn } from './views.ts';
import { columnsOfSchema, schemaOfColumns } from './wire-schema.ts';

/** Tables: list, make, show, change, delete. */
export function tableRoutes(world: World): Hono {
  const app = new Hono();
  const at = '/projects/:project/datasets/:dataset/tables';
  app.get(
    at,
    handler(world, { query: known.pageParameters }, (call) => list(world, call)),
  );
  app.post(
    at,
    handler(world, { body: known.tableBody }, (call) => create(world, call)),
  );
  app.get(
    `${at}/:table`,
    handler(world, { query: known.tableParameters, headers: conditions }, async (call) => {
      const answer = await resource(world, tableOf(call));
      checkConditions(call, etagOf(world, tableOf(call)));
      return shown(answer, call.query);
    }),
  );
  const changes = { body: known.tableBody, query: known.tableChanges, headers: conditions };
  app.patch(
    `${at}/:table`,
    handler(world, changes, (call) => change(world, call, 'change')),
  );
  app.put(
    `${at}/:table`,
    handler(world, changes, (call) => change(world, call, 'replace')),
  );
  app.delete(
    `${at}/:table`,
    handler(world, { headers: conditions }, (call) => remove(world, call)),
  );
  return app;
}

type Name = Required<TableName>;

export function tableOf({ project, param }: Pick<Call, 'project' | 'param'>): Name {
  return { project, dataset: param('dataset'), table: param('table') };
}

function said({ project, dataset, table }: Name): string {
  return `Table ${project}:${dataset}.${table}`;
}

/** The columns of a table, or of a view; 404 without it. */
export async function columnsOfTable(world: World, name: Name): Promise<readonly Column[]> {
  if (world.facts.viewOf(name)) return columnsOfView(world, name);
  return world.warehouse.withSession((session) =>
    session.columns(`SELECT * FROM ${qualified(name)}`).catch(() => {
      throw notFound(said(name));
    }),
  );
}

async function list(world: World, { project, param, query }: Call): Promise<Answer> {
  const dataset = param('dataset');
  await checkDataset(world, project, dataset);
  const names = await tableNames(world, project, dataset);
  const { items, next } = pageOf(names, query);
  const tables = items.map((table) => facts(world, { project, dataset, table }));
  return { kind: 'bigquery#tableList', tables, totalItems: names.length, ...next };
}

async function create(world: World, { project, param, body }: Call): Promise<Answer> {
  const dataset = param('dataset');
  await checkDataset(world, project, dataset);
  const table = textIn(objectIn(body, 'tableReference'), 'tableId') ?? '';
  if (!/^[\p{L}\p{M}\p{N}\p{Pc}\p{Pd} ]{1,1024}$/u.test(table)) throw invalid(`Invalid table ID "${table}".`);
  const name = { project, dataset, table };
  if ((await tableNames(world, project, dataset)).includes(table)) throw alreadyExists(said(name));
  const query = viewIn(body);
  if (query !== undefined) {
    await checkView(world, name, query);
    world.facts.madeView(name, { query }, kept(body));
    return resource(world, name);
  }
  const columns = columnsOfSchema(body['schema']);
  if (!columns || columns.length === 0)
    throw invalid('The sandbox needs a schema with at least one field to make a table.');
  layoutOf(body, columns);
  await world.warehouse.run(`CREATE TABLE ${qualified(name)} (${columnList(columns)})`);
  world.warehouse.changed(name);
  world.facts.made(name, kept(body));
  return resource(world, name);
}

/** What the service says itself is not kept as the client says it. */
const ofService = new Set('kind etag id selfLink type location numBytes numRows streamingBuffer'.split(' '));

function kept(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([field]) => !ofService.has(field) && !/(^creation|^lastModified|^num)/.test(field),
    ),
  );
}

/** Another tag when the table, or what is said of it, changes. */
function etagOf(world: World, name: Name): string {
  return `${world.facts.etagOf(factName(name))}${world.warehouse.versionOf(name)}`;
}

function facts(world: World, name: Name): JsonObject {
  const { project, dataset, table } = name;
  const { fields, createdEpochMs, changedEpochMs } = world.facts.of(factName(name));
  return {
    ...fields,
    kind: 'bigquery#table',
    type: world.facts.viewOf(name) ? 'VIEW' : 'TABLE',
    id: `${project}:${dataset}.${table}`,
    etag: etagOf(world, name),
    tableReference: { projectId: project, datasetId: dataset, tableId: table },
    creationTime: String(createdEpochMs),
    lastModifiedTime: String(changedEpochMs),
  };
}

async function resource(world: World, name: Name): Promise<JsonObject> {
  const columns = await columnsOfTable(world, name);
  const { schema: notes } = world.facts.of(factName(name)).fields;
  if (world.facts.viewOf(name)) {
    const { fields: parts = [] } = schemaOfColumns(columns);
    const location = world.facts.locationOf(name);
    return { ...facts(world, name), location, schema: { fields: parts }, numRows: '0', numBytes: '0' };
  }
  return world.warehouse.withSession(async (session) => {
    const count = await session.run(`SELECT count(*) FROM ${qualified(name)}`);
    return {
      ...facts(world, name),
      location: world.facts.locationOf(name),
      schema: await schemaOf(session, name, columns, notes),
      numRows: String(Number((await count.getRowsJS())[0]?.[0])),
      numBytes: String(await tableBytes(session, name)),
    };
  });
}

const stored = /^(numRows|numBytes|numLongTermBytes|streamingBuffer)$/;

/** What a client wants of a table: without the figures of its storage (BASIC), and of the schema some fields. */
function shown(table: JsonObject, { view, selectedFields }: JsonObject): JsonObject {
  const all = Object.entries(table);
  const wanted = Object.fromEntries(view === 'BASIC' ? all.filter(([name]) => !stored.test(name)) : all);
  if (typeof selectedFields !== 'string' || selectedFields === '') return wanted;
  const { fields = [] } = objectIn(table, 'schema');
  const list: readonly Json[] = Array.isArray(fields) ? fields : [];
  const selected = selectedFields.split(',').map((name) => {
    const found = list.find((one) => isJsonObject(one) && one['name'] === name.trim());
    if (found === undefined) throw invalid(`selectedFields: the table has no field "${name}".`);
    return found;
  });
  return { ...wanted, schema: { fields: selected } };
}

const layoutFields = ['timePartitioning', 'rangePartitioning', 'clustering'] as const;

/** PATCH adds to what is said of a table, PUT puts it in its place. The field of its partitions stays. */
async function change(world: World, call: Call, how: 'change' | 'replace'): Promise<Answer> {
  const name = tableOf(call);
  const { body } = call;
  if (world.facts.viewOf(name)) return changeOfView(world, call, how);
  const columns = await columnsOfTable(world, name);
  checkConditions(call, etagOf(world, name));
  if (viewIn(body) !== undefined) throw invalid(`${said(name)} is a table: it cannot become a view.`);
  const { fields } = world.facts.of(factName(name));
  for (const field of ['timePartitioning', 'rangePartitioning'] as const) {
    const [old, wanted] = [objectIn(fields, field)['field'], objectIn(body, field)['field']];
    if (wanted !== undefined && wanted !== old)
      throw invalid(
        `Cannot change the partitioning of a table: its ${field} is by ${JSON.stringify(old ?? null)}.`,
      );
  }
  const after = { ...pick(fields, layoutFields), ...kept(body) };
  layoutOf(
    how === 'change' ? { ...fields, ...after } : after,
    columns.map(({ name: column, type }) => ({ name: column, type: type.toString() })),
  );
  await world.warehouse.withSession((session) => changeSchema(session, name, body['schema']));
  world.warehouse.changed(name);
  world.facts[how](factName(name), after);
  return resource(world, name);
}

/** What a view says can be asked anew; its columns come from there. */
async function changeOfView(world: World, call: Call, how: 'change' | 'replace'): Promise<Answer> {
  const name = tableOf(call);
  checkConditions(call, etagOf(world, name));
  const query = viewIn(call.body);
  if (query === undefined && how === 'replace') throw invalid('Required parameter is missing: view.query');
  if (query !== undefined) await checkView(world, name, query);
  if (query !== undefined) world.facts.forgetViewColumns(name);
  const after = Object.entries(kept(call.body)).filter(([field]) => field !== 'schema');
  world.facts[how](factName(name), Object.fromEntries(after));
  return resource(world, name);
}

function pick(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

async function remove(world: World, call: Call): Promise<Answer> {
  const name = tableOf(call);
  const isView = world.facts.viewOf(name) !== undefined;
  if (!isView) await columnsOfTable(world, name);
  checkConditions(call, etagOf(world, name));
  if (!isView) await world.warehouse.run(`DROP TABLE ${qualified(name)}`);
  world.warehouse.changed(name);
  world.facts.forgetTable(name);
  return undefined;
}

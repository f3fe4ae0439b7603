import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { schemaOf, textLiteral } from '../warehouse/names.ts';
import { checkConditions, conditions } from './conditions.ts';
import { handler } from './exchange.ts';
import type { Answer, Call, World } from './exchange.ts';
import {
  datasetBody,
  datasetChanges,
  datasetCreation,
  datasetDeletion,
  datasetListParameters,
  datasetParameters,
} from './known-fields.ts';
import { pageOf } from './list-page.ts';
import { objectIn, textIn } from './parameters.ts';
import { alreadyExists, invalid, notFound, QueryError } from './query-error.ts';

/** Datasets: list, make, show, change, delete. */
export function datasetRoutes(world: World): Hono {
  const app = new Hono();
  const at = '/projects/:project/datasets';
  app.get(
    at,
    handler(world, { query: datasetListParameters }, (call) => list(world, call)),
  );
  app.post(
    at,
    handler(world, { body: datasetBody, query: datasetCreation }, (call) => create(world, call)),
  );
  app.get(
    `${at}/:dataset`,
    handler(world, { query: datasetParameters, headers: conditions }, async (call) => {
      await checkDataset(world, call.project, call.param('dataset'));
      checkConditions(call, world.facts.etagOf(nameOf(call)));
      return resource(world, call.project, call.param('dataset'));
    }),
  );
  const known = { body: datasetBody, query: datasetChanges, headers: conditions };
  app.patch(
    `${at}/:dataset`,
    handler(world, known, (call) => change(world, call, 'change')),
  );
  app.put(
    `${at}/:dataset`,
    handler(world, known, (call) => change(world, call, 'replace')),
  );
  app.delete(
    `${at}/:dataset`,
    handler(world, { query: datasetDeletion, headers: conditions }, (call) => remove(world, call)),
  );
  return app;
}

function nameOf({ project, param }: Call): string {
  return `${project}.${param('dataset')}`;
}

/** PATCH adds to what is said of a dataset, PUT puts it in its place. Its location stays. */
async function change(world: World, call: Call, how: 'change' | 'replace'): Promise<Answer> {
  const { project, body } = call;
  const dataset = call.param('dataset');
  await checkDataset(world, project, dataset);
  const name = nameOf(call);
  checkConditions(call, world.facts.etagOf(name));
  const { location = null } = world.facts.of(name).fields;
  world.facts[how](name, { ...body, location });
  return resource(world, project, dataset);
}

/** 404 unless the dataset is there. */
export async function checkDataset(world: World, project: string, dataset: string): Promise<void> {
  const name = textLiteral(`${project}.${dataset}`);
  const found = await world.warehouse.run(`SELECT 1 FROM duckdb_schemas() WHERE schema_name = ${name}`);
  if (found.rowCount === 0) throw notFound(`Dataset ${project}:${dataset}`);
}

/** The names of the tables and views of a dataset, in order. */
export async function tableNames(world: World, project: string, dataset: string): Promise<readonly string[]> {
  const name = textLiteral(`${project}.${dataset}`);
  const found = await world.warehouse.run(
    `SELECT table_name FROM duckdb_tables() WHERE schema_name = ${name} ORDER BY table_name`,
  );
  const tables = (await found.getRowsJS()).map(([text]) => (typeof text === 'string' ? text : ''));
  return [...tables, ...world.facts.viewsOf(project, dataset)].sort();
}

async function list(world: World, { project, query }: Call): Promise<Answer> {
  const found = await world.warehouse.run(
    `SELECT DISTINCT schema_name FROM duckdb_schemas() WHERE starts_with(schema_name, ${textLiteral(`${project}.`)}) ORDER BY schema_name`,
  );
  const names = (await found.getRowsJS()).map(([text]) => (typeof text === 'string' ? text : ''));
  const { items, next } = pageOf(names, query);
  const datasets = items.map((name) => resource(world, project, name.slice(project.length + 1)));
  return { kind: 'bigquery#datasetList', datasets, ...next };
}

async function create(world: World, { project, body }: Call): Promise<Answer> {
  const dataset = textIn(objectIn(body, 'datasetReference'), 'datasetId') ?? '';
  if (!/^\w{1,1024}$/.test(dataset)) {
    throw invalid(`Invalid dataset ID "${dataset}". Dataset IDs must be alphanumeric (plus underscores).`);
  }
  const exists = await checkDataset(world, project, dataset).then(
    () => true,
    () => false,
  );
  if (exists) throw alreadyExists(`Dataset ${project}:${dataset}`);
  await world.warehouse.run(`CREATE SCHEMA ${schemaOf(project, dataset)}`);
  world.facts.change(`${project}.${dataset}`, body);
  return resource(world, project, dataset);
}

async function remove(world: World, call: Call): Promise<Answer> {
  const { project } = call;
  const dataset = call.param('dataset');
  await checkDataset(world, project, dataset);
  checkConditions(call, world.facts.etagOf(nameOf(call)));
  const tables = await tableNames(world, project, dataset);
  if (tables.length > 0 && call.query['deleteContents'] !== true) {
    throw new QueryError(`Dataset ${project}:${dataset} is still in use`, 'resourceInUse');
  }
  await world.warehouse.run(`DROP SCHEMA ${schemaOf(project, dataset)} CASCADE`);
  for (const table of tables) {
    world.warehouse.changed({ project, dataset, table });
  }
  world.facts.forgetDataset(`${project}.${dataset}`);
  return undefined;
}

function resource(world: World, project: string, dataset: string): JsonObject {
  const name = `${project}.${dataset}`;
  const { fields, createdEpochMs, changedEpochMs } = world.facts.of(name);
  return {
    location: 'US',
    ...fields,
    kind: 'bigquery#dataset',
    id: `${project}:${dataset}`,
    etag: world.facts.etagOf(name),
    datasetReference: { projectId: project, datasetId: dataset },
    creationTime: String(createdEpochMs),
    lastModifiedTime: String(changedEpochMs),
  };
}

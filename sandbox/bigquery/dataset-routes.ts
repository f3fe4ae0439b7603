import { Hono } from 'hono';
import type { Context } from 'hono';
import type { JsonObject } from '../json.ts';
import { schemaOf, textLiteral } from '../warehouse/names.ts';
import { bodyOf, handler, param } from './exchange.ts';
import type { Answer, World } from './exchange.ts';
import { objectIn, textIn } from './parameters.ts';
import { alreadyExists, invalid, notFound, QueryError } from './query-error.ts';

/** Datasets: list, make, show, change, delete. */
export function datasetRoutes(world: World): Hono {
  const app = new Hono();
  const at = '/projects/:project/datasets';
  app.get(
    at,
    handler(world, (_, project) => list(world, project)),
  );
  app.post(
    at,
    handler(world, async (context, project) => create(world, project, await bodyOf(context))),
  );
  app.get(
    `${at}/:dataset`,
    handler(world, async (context, project) => {
      const dataset = param(context, 'dataset');
      await checkDataset(world, project, dataset);
      return resource(world, project, dataset);
    }),
  );
  const change = handler(world, async (context, project) => {
    const dataset = param(context, 'dataset');
    await checkDataset(world, project, dataset);
    world.facts.change(`${project}.${dataset}`, await bodyOf(context));
    return resource(world, project, dataset);
  });
  app.patch(`${at}/:dataset`, change);
  app.put(`${at}/:dataset`, change);
  app.delete(
    `${at}/:dataset`,
    handler(world, (context, project) => remove(world, context, project)),
  );
  return app;
}

/** 404 unless the dataset is there. */
export async function checkDataset(world: World, project: string, dataset: string): Promise<void> {
  const name = textLiteral(`${project}.${dataset}`);
  const found = await world.warehouse.run(`SELECT 1 FROM duckdb_schemas() WHERE schema_name = ${name}`);
  if (found.rowCount === 0) throw notFound(`Dataset ${project}:${dataset}`);
}

/** The names of the tables of a dataset, in order. */
export async function tableNames(world: World, project: string, dataset: string): Promise<readonly string[]> {
  const name = textLiteral(`${project}.${dataset}`);
  const found = await world.warehouse.run(
    `SELECT table_name FROM duckdb_tables() WHERE schema_name = ${name} ORDER BY table_name`,
  );
  return (await found.getRowsJS()).map(([text]) => (typeof text === 'string' ? text : ''));
}

async function list(world: World, project: string): Promise<Answer> {
  const found = await world.warehouse.run(
    `SELECT DISTINCT schema_name FROM duckdb_schemas() WHERE starts_with(schema_name, ${textLiteral(`${project}.`)}) ORDER BY schema_name`,
  );
  const names = (await found.getRowsJS()).map(([text]) => (typeof text === 'string' ? text : ''));
  const datasets = names.map((name) => resource(world, project, name.slice(project.length + 1)));
  return { kind: 'bigquery#datasetList', datasets };
}

async function create(world: World, project: string, body: JsonObject): Promise<Answer> {
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

async function remove(world: World, context: Context, project: string): Promise<Answer> {
  const dataset = param(context, 'dataset');
  await checkDataset(world, project, dataset);
  const tables = await tableNames(world, project, dataset);
  if (tables.length > 0 && context.req.query('deleteContents') !== 'true') {
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
  const { fields, createdEpochMs, changedEpochMs } = world.facts.of(`${project}.${dataset}`);
  return {
    location: 'US',
    ...fields,
    kind: 'bigquery#dataset',
    id: `${project}:${dataset}`,
    etag: String(changedEpochMs),
    datasetReference: { projectId: project, datasetId: dataset },
    creationTime: String(createdEpochMs),
    lastModifiedTime: String(changedEpochMs),
  };
}

import type { BigQuery, Dataset } from '@google-cloud/bigquery';
import { ApiFailure } from '../google/failure.ts';
import { factsOf } from './job-facts.ts';
import { datasetNamed, tableNamed, type Operation } from './operation.ts';
import type { Result } from './result.ts';
import type { BigQueryConfig } from './schema.ts';

type Columns = string | readonly Readonly<Record<string, unknown>>[];

/** Streams rows into a table. Rejects with the client's `PartialFailureError` when some are refused. */
export async function runInsert(
  wish: NonNullable<BigQueryConfig['insert']>,
  operation: Operation,
): Promise<Result> {
  const { client, config } = operation;
  const { project, dataset, table } = tableNamed(wish.table, config);
  const given = Array.isArray(wish.rows) ? wish.rows : (operation.generated?.rows ?? []);
  const rows = given.map((row: object) => ({ ...row }));
  await datasetOf(client(), { project, dataset }).table(table).insert(rows, {
    createInsertId: wish.insertIds,
    skipInvalidRows: wish.skipInvalidRows,
    ignoreUnknownValues: wish.ignoreUnknownValues,
    partialRetries: 0,
  });
  return { facts: factsOf({}), elapsedMs: operation.done(), writtenRows: rows.length };
}

/** Makes a dataset or a table. One that is there when the request is sent again was made by the try whose answer was lost. */
export async function runCreate(
  wish: NonNullable<BigQueryConfig['create']>,
  operation: Operation,
): Promise<Result> {
  const { client, config } = operation;
  const make = async () => {
    if (wish.table !== undefined) {
      const { table, ...place } = tableNamed(wish.table, config);
      const expires =
        wish.expiration === undefined ? {} : { expirationTime: String(Date.now() + wish.expiration) };
      const schema = wish.schema === undefined ? {} : { schema: { fields: columnsOf(wish.schema) } };
      await datasetOf(client(), place).createTable(table, { ...schema, ...expires });
    } else {
      const { project, dataset } = datasetNamed(wish.dataset ?? '', config);
      const expires =
        wish.expiration === undefined ? {} : { defaultTableExpirationMs: String(wish.expiration) };
      const { labels } = config;
      await client().createDataset(dataset, {
        projectId: project,
        ...expires,
        ...(labels === undefined ? {} : { labels: { ...labels } }),
      });
    }
  };
  await unless({ code: 409, success: 200, isFine: wish.ifExists === 'ignore' }, operation, make);
  return { facts: factsOf({}), elapsedMs: operation.done() };
}

/** Deletes a dataset or a table. One that is gone when the request is sent again was deleted by the try whose answer was lost. */
export async function runDelete(
  wish: NonNullable<BigQueryConfig['delete']>,
  operation: Operation,
): Promise<Result> {
  const { client, config } = operation;
  const remove = async () => {
    if (wish.table !== undefined) {
      const { table, ...place } = tableNamed(wish.table, config);
      await datasetOf(client(), place).table(table).delete();
    } else {
      const place = datasetNamed(wish.dataset ?? '', config);
      await datasetOf(client(), place).delete({ force: wish.contents });
    }
  };
  await unless({ code: 404, success: 204, isFine: wish.ifMissing === 'ignore' }, operation, remove);
  return { facts: factsOf({}), elapsedMs: operation.done() };
}

/** `id:INTEGER, name:STRING` as a list of BigQuery's fields. */
export function columnsOf(columns: Columns): object[] {
  if (typeof columns !== 'string') return columns.map((column) => ({ ...column }));
  return columns.split(',').map((column) => {
    const [name = '', type = 'STRING'] = column.split(':').map((part) => part.trim());
    return { name, type };
  });
}

/** An answer that says that it is so already. */
interface Already {
  readonly code: number;
  /** The code of the answer that was lost, when an earlier try has done it. */
  readonly success: number;
  readonly isFine: boolean;
}

async function unless(
  { code, success, isFine }: Already,
  { exchange }: Operation,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.code !== code) throw error;
    const isOurs = error.before === 'a lost answer';
    if (!isFine && !isOurs) throw error;
    exchange.wasSo = true;
    if (isOurs) exchange.status = success;
  }
}

function datasetOf(client: BigQuery, { project, dataset }: { project: string; dataset: string }): Dataset {
  return client.dataset(dataset, { projectId: project });
}

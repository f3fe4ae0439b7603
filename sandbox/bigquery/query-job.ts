import type { JsonObject } from '../json.ts';
import type { Column, Session } from '../warehouse/session.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { bytesRead, typesOfQuery } from './bytes-read.ts';
import type { BytesRead } from './bytes-read.ts';
import { changeTables } from './change-tables.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { hasDestination, storeResult } from './destination.ts';
import { informationFor } from './information.ts';
import type { Outcome } from './job.ts';
import type { JobStore } from './job-store.ts';
import { layoutOf } from './layout.ts';
import { Pages } from './pages.ts';
import { objectIn, parameterReader, textIn } from './parameters.ts';
import { invalid, QueryError } from './query-error.ts';
import type { ResultCache } from './result-cache.ts';
import type { Made } from './sql/statement.ts';
import { translated } from './translated-error.ts';
import { translateFor } from './translate-for.ts';
import type { TranslateForOptions } from './translate-for.ts';
import type { Translation } from './sql/translate.ts';
import { isJsonObject } from '../json.ts';
import { narrowed } from './widened.ts';
import { schemaOfColumns } from './wire-schema.ts';

/** A query that was understood: it can be estimated, and performed. */
export interface PreparedQuery {
  readonly translation: Translation;
  /** Of a SELECT. */
  readonly columns: readonly Column[];
  readonly bytes: BytesRead;
}

export interface QueryWorld {
  readonly warehouse: Warehouse;
  readonly cache: ResultCache;
  readonly facts: DatasetFacts;
  readonly jobs: Pick<JobStore, 'list'>;
  /** What the bytes of the next query are to be multiplied by: 1, but for a fault that was asked for. */
  readonly bytesFactor?: () => number;
}

/** Reads and checks a query, so that mistakes are told at once and not when the job runs. */
export async function prepareQuery(
  world: QueryWorld,
  project: string,
  configuration: JsonObject,
): Promise<PreparedQuery> {
  const text = textOfQuery(configuration);
  const options = await translateOptions(world, project, configuration, { text });
  const translation = await translateFor(world, text, options);
  return world.warehouse.withSession((session) => analysed(world, session, translation));
}

/** The text of a query, or of a script. */
export function textOfQuery(configuration: JsonObject): string {
  const query = objectIn(configuration, 'query');
  if (query['useLegacySql'] === true)
    throw invalid('The sandbox does not support legacy SQL. Set useLegacySql to false.');
  const text = textIn(query, 'query');
  if (text === undefined || text.trim() === '') throw invalid('Required parameter is missing: query');
  return text;
}

/** What a statement may refer to. `firstParameter` is the number of its first `?`, from 0. */
export async function translateOptions(
  world: QueryWorld,
  project: string,
  configuration: JsonObject,
  { text, firstParameter = 0 }: { readonly text: string; readonly firstParameter?: number },
): Promise<TranslateForOptions> {
  const query = objectIn(configuration, 'query');
  const parameters = query['queryParameters'];
  const dataset = objectIn(query, 'defaultDataset');
  const datasetId = textIn(dataset, 'datasetId');
  const list = Array.isArray(parameters) ? parameters.filter(isJsonObject) : [];
  return {
    project,
    information: await informationFor({ ...world, jobs: () => world.jobs.list(project) }, text),
    defaultDataset:
      datasetId === undefined
        ? undefined
        : { project: textIn(dataset, 'projectId') ?? project, dataset: datasetId },
    parameter: () => parameterReader(list, firstParameter),
    isExact: /"(NUMERIC|DECIMAL)"/.test(JSON.stringify(parameters ?? '')),
  };
}

/** Checks what was read against the tables that are there. */
export async function analysed(
  world: QueryWorld,
  session: Session,
  translation: Translation,
): Promise<PreparedQuery> {
  try {
    return await analyse(world, session, translation);
  } catch (problem) {
    throw translated(problem, translation);
  }
}

async function analyse(
  { facts }: QueryWorld,
  session: Session,
  translation: Translation,
): Promise<PreparedQuery> {
  const { made, sql, type } = translation;
  if (made) await checkMade(session, made);
  if (type === 'CREATE_VIEW') checkNames(await session.columns(sql));
  const isDefinition = /^(CREATE|DROP|TRUNCATE)/.test(type);
  const columns = isDefinition ? [] : await session.columns(sql);
  const isSelect = type === 'SELECT';
  if (isSelect) checkNames(columns);
  if (isSelect) schemaOfColumns(columns);
  const bytes = await bytesRead(session, translation, facts);
  return { translation, columns: isSelect ? columns : [], bytes };
}

/** Partitions and clusters need columns that allow them. */
async function checkMade(session: Session, { columns, query, fields }: Made): Promise<void> {
  layoutOf(fields, columns ?? (query === undefined ? [] : await typesOfQuery(session, query)));
}

function checkNames(columns: readonly Column[]): void {
  const names = columns.map(({ name }) => name.toLowerCase());
  const twice = columns.filter(({ name }, index) => names.indexOf(name.toLowerCase()) < index);
  if (twice.length === 0) return;
  const list = [...new Set(twice.map(({ name }) => name))].join(', ');
  throw new QueryError(`Duplicate column names in the result are not supported. Found duplicate(s): ${list}`);
}

/** Performs a query that was understood. */
export async function performQuery(
  world: QueryWorld,
  session: Session,
  prepared: PreparedQuery,
  configuration: JsonObject,
): Promise<Outcome> {
  const { translation, bytes } = prepared;
  const query = objectIn(configuration, 'query');
  const known = {
    statementType: translation.type,
    referencedTables: translation.references.map(({ project, dataset, table }) => ({
      projectId: project,
      datasetId: dataset,
      tableId: table,
    })),
  };
  const isCached = query['useQueryCache'] !== false && !hasDestination(query);
  const cached = isCached ? world.cache.find(translation) : undefined;
  if (cached) {
    return {
      ...known,
      columns: cached.columns,
      pages: cached,
      cacheHit: true,
      bytesProcessed: 0,
      bytesBilled: 0,
    };
  }
  checkBill(bytes, textIn(query, 'maximumBytesBilled'));
  const factor = world.bytesFactor?.() ?? 1;
  const spent = {
    ...known,
    cacheHit: false,
    bytesProcessed: bytes.total * factor,
    bytesBilled: bytes.billed * factor,
  };
  try {
    if (translation.type === 'SELECT')
      return { ...spent, ...(await select(world, session, prepared, query)) };
    if (hasDestination(query)) throw invalid(`${translation.type} has no destination table.`);
    return { ...spent, ...(await changeTables(world, session, translation)) };
  } catch (problem) {
    throw translated(problem, translation);
  }
}

export function checkBill({ billed }: Pick<BytesRead, 'billed'>, limit: string | undefined): void {
  if (limit === undefined || billed <= Number(limit)) return;
  throw new QueryError(
    `Query exceeded limit for bytes billed: ${limit}. ${billed} or higher required.`,
    'bytesBilledLimitExceeded',
  );
}

async function select(
  world: QueryWorld,
  session: Session,
  { translation, columns }: PreparedQuery,
  query: JsonObject,
): Promise<Outcome> {
  const versions = world.cache.versions(translation);
  const pages = new Pages(await session.run(narrowed(translation.sql, columns)));
  if (hasDestination(query)) await storeResult(world, session, translation, query);
  else world.cache.keep(translation, versions, pages);
  return { columns: pages.columns, pages };
}

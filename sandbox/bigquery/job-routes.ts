import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { bodyOf, handler, numberIn, param } from './exchange.ts';
import type { Answer, World } from './exchange.ts';
import { copy, extract, load } from './file-jobs.ts';
import { jobResource, referenceOf } from './job.ts';
import type { Job } from './job.ts';
import { objectIn, textIn } from './parameters.ts';
import { invalid } from './query-error.ts';
import { performQuery, prepareQuery } from './query-job.ts';
import type { PreparedQuery } from './query-job.ts';
import { schemaOfColumns } from './wire-schema.ts';

const defaultWaitMs = 10_000;
const longestWaitMs = 200_000;
const defaultLocation = 'US';

/** Queries and jobs of all kinds. */
export function jobRoutes(world: World): Hono {
  const app = new Hono();
  const at = '/projects/:project';
  app.post(
    `${at}/queries`,
    handler(world, (context, project) => query(world, context, project)),
  );
  app.get(
    `${at}/queries/:job`,
    handler(world, (context, project) => results(context, world.jobs.find(project, param(context, 'job')))),
  );
  app.post(
    `${at}/jobs`,
    handler(world, async (context, project) => insertJob(world, project, await bodyOf(context))),
  );
  app.get(
    `${at}/jobs`,
    handler(world, (context, project) => listJobs(world, context, project)),
  );
  app.get(
    `${at}/jobs/:job`,
    handler(world, (context, project) => jobResource(world.jobs.find(project, param(context, 'job')))),
  );
  app.delete(
    `${at}/jobs/:job/delete`,
    handler(world, (context, project) => {
      world.jobs.delete(world.jobs.find(project, param(context, 'job')));
      return undefined;
    }),
  );
  app.post(
    `${at}/jobs/:job/cancel`,
    handler(world, (context, project) => {
      const job = world.jobs.find(project, param(context, 'job'));
      world.jobs.cancel(job);
      return { kind: 'bigquery#jobCancelResponse', job: jobResource(job) };
    }),
  );
  return app;
}

function listJobs(world: World, context: Context, project: string): Answer {
  const from = Number(context.req.query('pageToken') ?? 0);
  const most = numberIn(context, 'maxResults') ?? 1000;
  const all = world.jobs.list(project);
  const jobs = all.slice(from, from + most).map((job) => {
    const resource = jobResource(job);
    return { ...resource, state: objectIn(resource, 'status')['state'] ?? '' };
  });
  const isMore = all.length > from + most;
  return { kind: 'bigquery#jobList', jobs, ...(isMore && { nextPageToken: String(from + most) }) };
}

/** Starts a job of any kind. What is wrong with a query is told at once. */
export async function insertJob(
  world: World,
  project: string,
  body: JsonObject,
  uploaded?: string,
): Promise<JsonObject> {
  const configuration = objectIn(body, 'configuration');
  const reference = objectIn(body, 'jobReference');
  const kinds = (['query', 'load', 'extract', 'copy'] as const).filter(
    (kind) => configuration[kind] !== undefined,
  );
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1)
    throw invalid('A job needs one of query, load, extract and copy.');
  const prepared = kind === 'query' ? await prepareQuery(world, project, configuration) : undefined;
  const location = textIn(reference, 'location') ?? defaultLocation;
  if (configuration['dryRun'] === true) return dryRun(project, location, configuration, prepared);
  const job = world.jobs.start({
    id: textIn(reference, 'jobId'),
    project,
    location,
    kind,
    configuration,
    limitMs: limitOf(configuration),
    work: (session) => {
      if (prepared) return performQuery(world, session, prepared, configuration);
      const perform = kind === 'extract' ? extract : kind === 'copy' ? copy : load;
      return perform(world, session, configuration, uploaded);
    },
  });
  return jobResource(job);
}

function limitOf(configuration: JsonObject): number | undefined {
  const text = textIn(configuration, 'jobTimeoutMs');
  return text === undefined ? undefined : Number(text);
}

/** What a query would read, without running it. */
function dryRun(
  project: string,
  location: string,
  configuration: JsonObject,
  prepared: PreparedQuery | undefined,
): JsonObject {
  const bytes = String(prepared?.bytes.total ?? 0);
  return {
    kind: 'bigquery#job',
    configuration: { ...configuration, jobType: 'QUERY' },
    jobReference: { projectId: project, location },
    status: { state: 'DONE' },
    statistics: {
      totalBytesProcessed: bytes,
      query: {
        totalBytesProcessed: bytes,
        totalBytesBilled: '0',
        cacheHit: false,
        statementType: prepared?.translation.type ?? 'SELECT',
        ...(prepared && { schema: schemaOfColumns(prepared.columns) }),
      },
    },
  };
}

const ofQuery = [
  'query',
  'defaultDataset',
  'maximumBytesBilled',
  'parameterMode',
  'queryParameters',
  'useLegacySql',
  'useQueryCache',
] as const;

/** `jobs.query`: starts a query and waits for its first page. */
async function query(world: World, context: Context, project: string): Promise<Answer> {
  const body = await bodyOf(context);
  const fields = ofQuery.flatMap((field): [string, Json][] => {
    const value = body[field];
    return value === undefined ? [] : [[field, value]];
  });
  const configuration: JsonObject = {
    query: { useLegacySql: true, ...Object.fromEntries<Json>(fields) },
    ...(body['labels'] !== undefined && { labels: body['labels'] }),
    ...(body['jobTimeoutMs'] !== undefined && { jobTimeoutMs: body['jobTimeoutMs'] }),
    ...(body['dryRun'] === true && { dryRun: true }),
  };
  const location = textIn(body, 'location') ?? defaultLocation;
  const made = await insertJob(world, project, { configuration, jobReference: { location } });
  if (body['dryRun'] === true) return dryAnswer(made);
  const job = world.jobs.find(project, textIn(objectIn(made, 'jobReference'), 'jobId') ?? '');
  return answer(job, {
    waitMs: Number(textIn(body, 'timeoutMs') ?? defaultWaitMs),
    from: 0,
    most: Number(textIn(body, 'maxResults') ?? Infinity),
    int64Timestamps: wantsInt64(objectIn(body, 'formatOptions')['useInt64Timestamp']),
  });
}

function dryAnswer(job: JsonObject): Answer {
  const statistics = objectIn(objectIn(job, 'statistics'), 'query');
  return {
    kind: 'bigquery#queryResponse',
    jobComplete: true,
    cacheHit: false,
    totalBytesProcessed: statistics['totalBytesProcessed'] ?? '0',
    ...(isJsonObject(statistics['schema']) && { schema: statistics['schema'] }),
    jobReference: job['jobReference'] ?? {},
  };
}

function wantsInt64(value: unknown): boolean {
  return value === true || value === 'true';
}

/** `jobs.getQueryResults`. */
function results(context: Context, job: Job): Promise<Answer> {
  const start = numberIn(context, 'startIndex') ?? 0;
  const token = context.req.query('pageToken');
  return answer(job, {
    waitMs: numberIn(context, 'timeoutMs') ?? defaultWaitMs,
    from: token === undefined || token === '' ? start : Number(token),
    most: numberIn(context, 'maxResults') ?? Infinity,
    int64Timestamps: wantsInt64(context.req.query('formatOptions.useInt64Timestamp')),
  });
}

interface ResultWish {
  readonly waitMs: number;
  readonly from: number;
  readonly most: number;
  readonly int64Timestamps: boolean;
}

async function answer(job: Job, wish: ResultWish): Promise<Answer> {
  await wait(job, Math.min(wish.waitMs, longestWaitMs));
  const known = { kind: 'bigquery#queryResponse', jobReference: referenceOf(job) };
  if (job.endEpochMs === undefined) return { ...known, jobComplete: false };
  if (job.error) throw job.error;
  const { pages, columns = [] } = job.outcome;
  const page = await pages?.page(wish);
  return {
    ...known,
    jobComplete: true,
    ...spent(job),
    totalRows: String(pages?.rowCount ?? 0),
    schema: schemaOfColumns(columns),
    ...(page && page.rows.length > 0 && { rows: page.rows }),
    ...(page?.next !== undefined && { pageToken: String(page.next) }),
  };
}

/** What a query took, and changed. */
function spent(job: Job): JsonObject {
  const { statistics } = jobResource(job);
  const all = statistics !== undefined && isJsonObject(statistics) ? statistics : {};
  const query = objectIn(all, 'query');
  const copied = (from: JsonObject, ...fields: readonly string[]): JsonObject =>
    Object.fromEntries(Object.entries(from).filter(([field]) => fields.includes(field)));
  return {
    location: job.location,
    ...copied(all, 'creationTime', 'startTime', 'endTime', 'totalSlotMs', 'totalBytesProcessed'),
    ...copied(query, 'cacheHit', 'totalBytesBilled', 'numDmlAffectedRows', 'dmlStats'),
  };
}

async function wait({ done }: Job, waitMs: number): Promise<void> {
  const end = new AbortController();
  await Promise.race([done, delay(waitMs, undefined, { signal: end.signal }).catch(() => undefined)]);
  end.abort();
}

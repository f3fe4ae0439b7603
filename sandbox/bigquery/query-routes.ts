import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { handler, numberIn, wantsInt64 } from './exchange.ts';
import type { Answer, Call, World } from './exchange.ts';
import { findJob, insertJob } from './insert-job.ts';
import { jobResource, referenceOf } from './job.ts';
import type { Job } from './job.ts';
import { queryBody, resultParameters } from './known-fields.ts';
import { pageToken } from './page-token.ts';
import { objectIn, textIn } from './parameters.ts';
import { schemaOfColumns } from './wire-schema.ts';

const defaultWaitMs = 10_000;
const longestWaitMs = 200_000;

/** Queries that are asked and answered in one request, and the results of queries. */
export function queryRoutes(world: World): Hono {
  const app = new Hono();
  const at = '/projects/:project/queries';
  app.post(
    at,
    handler(world, { body: queryBody }, (call) => query(world, call)),
  );
  app.get(
    `${at}/:job`,
    handler(world, { query: resultParameters }, (call) => results(call, findJob(world, call))),
  );
  return app;
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

/** `jobs.query`: starts a query and waits for its first page. With the `requestId` of another it is that one. */
async function query(world: World, { project, body }: Call): Promise<Answer> {
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
  const jobReference = body['location'] === undefined ? {} : { location: body['location'] };
  const start = () => insertJob(world, project, { configuration, jobReference });
  if (body['dryRun'] === true) return dryAnswer(await start());
  const requestId = textIn(body, 'requestId') ?? '';
  const job = await world.jobs.once(requestId, async () => {
    const made = await start();
    return world.jobs.find(project, textIn(objectIn(made, 'jobReference'), 'jobId') ?? '');
  });
  return answer(job, {
    waitMs: numberIn(body, 'timeoutMs') ?? defaultWaitMs,
    from: 0,
    most: numberIn(body, 'maxResults') ?? Infinity,
    int64Timestamps: wantsInt64(objectIn(body, 'formatOptions')),
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

/** `jobs.getQueryResults`. */
function results({ query: asked }: Call, job: Job): Promise<Answer> {
  return answer(job, {
    waitMs: numberIn(asked, 'timeoutMs') ?? defaultWaitMs,
    from: numberIn(asked, 'pageToken') ?? numberIn(asked, 'startIndex') ?? 0,
    most: numberIn(asked, 'maxResults') ?? Infinity,
    int64Timestamps: wantsInt64(asked, 'formatOptions.'),
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
    ...(page?.next !== undefined && { pageToken: pageToken(page.next) }),
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

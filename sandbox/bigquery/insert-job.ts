import type { JsonObject } from '../json.ts';
import type { Call, World } from './exchange.ts';
import { copy, extract, load } from './file-jobs.ts';
import { jobResource } from './job.ts';
import type { Job } from './job.ts';
import { locationOf } from './location.ts';
import { objectIn, textIn } from './parameters.ts';
import { invalid, notFound } from './query-error.ts';
import { performQuery, prepareQuery } from './query-job.ts';
import type { PreparedQuery } from './query-job.ts';
import { schemaOfColumns } from './wire-schema.ts';

/** The job that a request names; 404 also if it is in another location than the request says. */
export function findJob(world: World, { project, param, query }: Call): Job {
  const job = world.jobs.find(project, param('job'));
  const location = textIn(query, 'location') ?? job.location;
  if (location.toUpperCase() !== job.location.toUpperCase())
    throw notFound(`Job ${project}:${location}.${job.id}`);
  return job;
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
  const location = locationOf(world.facts, textIn(reference, 'location'), {
    project,
    configuration,
    prepared,
  });
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

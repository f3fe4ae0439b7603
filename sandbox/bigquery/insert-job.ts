import type { JsonObject } from '../json.ts';
import type { Call, World } from './exchange.ts';
import { copy, extract, load } from './file-jobs.ts';
import { jobResource } from './job.ts';
import type { Job } from './job.ts';
import { locationOf } from './location.ts';
import { objectIn, textIn } from './parameters.ts';
import { invalid, notFound } from './query-error.ts';
import { performQuery, prepareQuery, textOfQuery } from './query-job.ts';
import type { PreparedQuery } from './query-job.ts';
import { dryRunScript } from './script/dry-run-script.ts';
import { prepareScript, runScript } from './script/run-script.ts';
import type { PreparedScript } from './script/run-script.ts';
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
  const script = kind === 'query' ? await scriptOf(world, project, configuration) : undefined;
  const prepared =
    kind === 'query' && !script ? await prepareQuery(world, project, configuration) : undefined;
  const translations = script?.translations ?? (prepared ? [prepared.translation] : []);
  const location = locationOf(world.facts, textIn(reference, 'location'), {
    project,
    configuration,
    translations,
  });
  if (configuration['dryRun'] === true) {
    const estimate = script ? await dryRunScript(world, script) : estimateOf(prepared);
    return dryRun(project, location, configuration, estimate);
  }
  const job = world.jobs.start({
    id: textIn(reference, 'jobId'),
    project,
    location,
    kind,
    configuration,
    limitMs: limitOf(configuration),
    work: (session, started) => {
      if (script) return runScript(world, session, started, script);
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

/** What a dry run finds. */
interface Estimate {
  readonly totalBytes: number;
  readonly statementType: string;
  readonly schema?: JsonObject;
}

function estimateOf(prepared: PreparedQuery | undefined): Estimate {
  if (!prepared) return { totalBytes: 0, statementType: 'SELECT' };
  const { bytes, translation, columns } = prepared;
  return { totalBytes: bytes.total, statementType: translation.type, schema: schemaOfColumns(columns) };
}

/** The script that a query is, if it is one. */
function scriptOf(
  world: World,
  project: string,
  configuration: JsonObject,
): Promise<PreparedScript | undefined> {
  return prepareScript(world, { project, configuration, sql: textOfQuery(configuration) });
}

/** What a query would read, without running it. */
function dryRun(
  project: string,
  location: string,
  configuration: JsonObject,
  { totalBytes, ...more }: Estimate,
): JsonObject {
  const bytes = String(totalBytes);
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
        ...more,
      },
    },
  };
}

import { randomUUID } from 'node:crypto';
import { ourHeaders as headers } from './our-headers.ts';
import { datasetNamed, type Operation } from './operation.ts';
import { queryParameters } from './parameters.ts';
import type { BigQueryConfig } from './schema.ts';
import type { ClientRequest } from './transport.ts';

type Query = Readonly<Record<string, string | number | undefined>>;

/** Whom a request is for. */
type Asked = Pick<Operation, 'config' | 'origin'>;

function requestOf({ config, origin }: Asked, path: string, qs: Query = {}, json?: object): ClientRequest {
  let query = '';
  for (const [key, value] of Object.entries(qs))
    if (value !== undefined) query += `${key}=${encodeURIComponent(value)}&`;
  query += 'prettyPrint=false';
  const uri = `${origin}/bigquery/v2/projects/${config.project ?? ''}/${path}?${query}`;
  const method = json === undefined ? 'GET' : 'POST';
  return json === undefined ? { method, uri, headers } : { method, uri, headers, json };
}

/** `jobs.query`: a statement, and its first rows. */
export function queryRequest(
  operation: Operation,
  { timeoutMs, maxResults }: { readonly timeoutMs: number; readonly maxResults: number | null },
): ClientRequest {
  const { config } = operation;
  return requestOf(
    operation,
    'queries',
    {},
    {
      ...statementOf(operation),
      ...(config.labels === undefined ? {} : { labels: { ...config.labels } }),
      ...placeOf(config),
      formatOptions: { useInt64Timestamp: true },
      requestId: randomUUID(),
      timeoutMs,
      maxResults,
    },
  );
}

/** `jobs.insert`: a job, or an estimate of one. */
export function jobRequest(operation: Operation, jobId: string): ClientRequest {
  const { config } = operation;
  const { labels, dryRun, priority, project = '' } = config;
  return requestOf(
    operation,
    'jobs',
    {},
    {
      configuration: {
        query: { ...statementOf(operation), priority },
        ...(labels === undefined ? {} : { labels: { ...labels } }),
        ...(dryRun ? { dryRun } : {}),
      },
      jobReference: { projectId: project, jobId, ...placeOf(config) },
    },
  );
}

/** A job by its name. */
export interface JobPlace {
  readonly jobId: string;
  readonly location: string | undefined;
}

/** `jobs.getQueryResults`: rows, waited for on the server. */
export function resultsRequest(
  asked: Asked,
  { jobId, location }: JobPlace,
  page: { readonly pageToken: string | undefined; readonly maxResults: number | null },
): ClientRequest {
  const { pageToken, maxResults } = page;
  return requestOf(asked, `queries/${jobId}`, {
    location,
    'formatOptions.useInt64Timestamp': 'true',
    maxResults: maxResults ?? undefined,
    pageToken,
  });
}

/** `jobs.get`. */
export function jobStateRequest(asked: Asked, { jobId, location }: JobPlace): ClientRequest {
  return requestOf(asked, `jobs/${jobId}`, { location });
}

function placeOf({ location = '' }: BigQueryConfig): { location?: string } {
  return location === '' ? {} : { location };
}

function statementOf(operation: Operation): object {
  const { config, readBytes } = operation;
  const { query, file = '', maximumBytesBilled } = config;
  return {
    query: query ?? new TextDecoder().decode(readBytes(file)),
    useLegacySql: false,
    useQueryCache: config.useQueryCache,
    ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled: String(maximumBytesBilled) }),
    ...defaultDatasetOf(config),
    ...parametersOf(operation),
  };
}

function defaultDatasetOf(config: BigQueryConfig): object {
  const { defaultDataset = '' } = config;
  if (defaultDataset === '') return nothing;
  const { dataset, project } = datasetNamed(defaultDataset, config);
  return { defaultDataset: { datasetId: dataset, projectId: project } };
}

const nothing = {};

/** How the official client writes a parameter. */
interface ParameterWriter {
  valueToQueryParameter_(value: unknown, type: unknown): object;
}

/** As the REST API writes them: the official client knows how. */
function parametersOf({ config: { parameters }, library }: Operation): object {
  if (parameters === undefined) return {};
  const { params, types } = queryParameters(parameters);
  const isNamed = !Array.isArray(params);
  const writer: ParameterWriter = library.BigQuery;
  const typeOf = new Map<string, unknown>(Object.entries(types));
  const written = Object.entries(params).map(([name, value]: [string, unknown]) => ({
    ...writer.valueToQueryParameter_(value, typeOf.get(name)),
    ...(isNamed ? { name } : {}),
  }));
  return { queryParameters: written, parameterMode: isNamed ? 'named' : 'positional' };
}

import { randomUUID } from 'node:crypto';
import type { Job } from '@google-cloud/bigquery';
import { fileOf, loadOptions } from './generated.ts';
import { unlessThere } from './job-there.ts';
import { factsOf } from './job-facts.ts';
import { tableNamed, tableReference, type Operation } from './operation.ts';
import type { Result } from './result.ts';
import { columnsOf } from './tables.ts';
import { upload, type Pieces } from './upload.ts';
import { waitForJob } from './wait-for-job.ts';
import type { BigQueryConfig } from './schema.ts';

type Load = NonNullable<BigQueryConfig['load']>;

/** A load job, from Cloud Storage or with the content of a file. */
export async function runLoad(load: Load, operation: Operation): Promise<Result> {
  const { client, config, exchange } = operation;
  const from = namesOf(load);
  const isThere = from.length > 0 && from.every((one) => one.startsWith('gs://'));
  if (!isThere && from.length > 1) {
    throw new Error('load.from takes several objects of Cloud Storage, or one file of the plan’s folder');
  }
  const body = jobOf(config, { load: configurationOf(load, isThere ? from : [], config) });
  exchange.job = { id: body.jobReference.jobId, location: config.location ?? '' };
  const created = await unlessThere(() =>
    isThere ? createJob(operation, body) : upload(operation, body, contentOf(from, operation)),
  );
  const done = await waitForJob(
    client().job(body.jobReference.jobId, locationOf(config)),
    created,
    operation,
  );
  const elapsedMs = operation.done();
  const facts = factsOf(done);
  return { facts, elapsedMs, ...(facts.rows === undefined ? {} : { writtenRows: facts.rows }) };
}

/** An extract job. */
export async function runExport(
  wish: NonNullable<BigQueryConfig['export']>,
  operation: Operation,
): Promise<Result> {
  const { client, config, exchange } = operation;
  const body = jobOf(config, {
    extract: {
      sourceTable: tableReference(tableNamed(wish.table, config)),
      destinationUris: [wish.to].flat(),
      destinationFormat: wish.format,
      compression: wish.compression,
      ...(wish.format === 'CSV' ? { printHeader: wish.printHeader } : {}),
      ...(wish.fieldDelimiter === undefined ? {} : { fieldDelimiter: wish.fieldDelimiter }),
    },
  });
  exchange.job = { id: body.jobReference.jobId, location: config.location ?? '' };
  const created = await unlessThere(() => createJob(operation, body));
  const done = await waitForJob(
    client().job(body.jobReference.jobId, locationOf(config)),
    created,
    operation,
  );
  return { facts: factsOf(done), elapsedMs: operation.done() };
}

interface JobBody {
  readonly jobReference: { readonly projectId: string; readonly jobId: string; readonly location?: string };
  readonly configuration: object;
}

function jobOf(config: BigQueryConfig, configuration: object): JobBody {
  const { project = '', labels } = config;
  return {
    jobReference: { projectId: project, jobId: randomUUID(), ...locationOf(config) },
    configuration: { ...configuration, ...(labels === undefined ? {} : { labels }) },
  };
}

async function createJob(
  { client, config }: Operation,
  { jobReference, configuration }: JobBody,
): Promise<unknown> {
  const [, answer]: [Job, unknown] = await client().createJob({
    jobId: jobReference.jobId,
    ...locationOf(config),
    configuration,
  });
  return answer;
}

function locationOf({ location = '' }: BigQueryConfig): { location?: string } {
  return location === '' ? {} : { location };
}

/** Objects or a file; none when the data are generated. */
function namesOf({ from }: Load): readonly string[] {
  return typeof from === 'string' ? [from] : 'generate' in from ? [] : from;
}

/** Pieces, as often as they are sent. */
function contentOf([name]: readonly string[], { generated, readBytes }: Operation): Pieces {
  if (name !== undefined) return () => [readBytes(name)];
  const file = generated?.file;
  return () => file?.open(0, file.sizeBytes) ?? [];
}

function configurationOf(load: Load, sourceUris: readonly string[], config: BigQueryConfig): object {
  const { table, from, format, schema, ...options } = load;
  const file = fileOf({ from });
  return {
    destinationTable: tableReference(tableNamed(table, config)),
    ...(file === null ? { sourceFormat: formatByName(namesOf(load)[0] ?? '') } : loadOptions(file)),
    ...(format === undefined ? {} : { sourceFormat: format }),
    ...(sourceUris.length > 0 ? { sourceUris } : {}),
    ...(schema === undefined ? {} : { schema: { fields: columnsOf(schema) } }),
    ...options,
  };
}

const formats: readonly (readonly [end: RegExp, format: NonNullable<Load['format']>])[] = [
  [/\.parquet$/i, 'PARQUET'],
  [/\.avro$/i, 'AVRO'],
  [/\.orc$/i, 'ORC'],
  [/\.(jsonl|ndjson|json)(\.gz)?$/i, 'NEWLINE_DELIMITED_JSON'],
];

function formatByName(name: string): string {
  return formats.find(([end]) => end.test(name))?.[1] ?? 'CSV';
}

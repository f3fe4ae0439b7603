import type { BigQuery } from '@google-cloud/bigquery';
import type { ReadBytes } from '../../engine/model/ports.ts';
import type { SampleContext } from '../../engine/model/sampler.ts';
import type { Library } from './client.ts';
import type { Exchange } from './exchange.ts';
import type { Generated } from './generated.ts';
import type { BigQueryConfig } from './schema.ts';
import type { ClientRequest } from './transport.ts';

/** One sample at work. */
export interface Operation {
  readonly config: BigQueryConfig;
  readonly context: SampleContext;
  /** The official client, made when it is first needed. */
  readonly client: () => BigQuery;
  readonly library: Library;
  /** Of the service. */
  readonly origin: string;
  /** Sends a request of ours; gives the answer's JSON. */
  readonly send: (request: ClientRequest) => Promise<unknown>;
  readonly exchange: Exchange;
  readonly readBytes: ReadBytes;
  /** What was made to be sent; null: nothing. */
  readonly generated: Generated | null;
  /** Ends the sample's time; gives it in milliseconds. */
  readonly done: () => number;
}

/** A dataset of a project. */
export interface DatasetName {
  readonly project: string;
  readonly dataset: string;
}

export interface TableName extends DatasetName {
  readonly table: string;
}

/** `dataset` or `project.dataset`. */
export function datasetNamed(name: string, { project = '' }: BigQueryConfig): DatasetName {
  const [dataset = '', ...before] = name.split('.').reverse();
  return { dataset, project: before.length === 0 ? project : before.reverse().join('.') };
}

/** `table`, `dataset.table` or `project.dataset.table`; a project may have dots itself (`example.com:one`). */
export function tableNamed(name: string, config: BigQueryConfig): TableName {
  const place = name.lastIndexOf('.');
  if (place >= 0) return { ...datasetNamed(name.slice(0, place), config), table: name.slice(place + 1) };
  if ((config.defaultDataset ?? '') === '') {
    throw new Error(`the table "${name}" is in no dataset: write dataset.${name}, or set defaultDataset`);
  }
  return { ...datasetNamed(config.defaultDataset ?? '', config), table: name };
}

/** As the REST API writes it. */
export function tableReference({ project, dataset, table }: TableName): {
  projectId: string;
  datasetId: string;
  tableId: string;
} {
  return { projectId: project, datasetId: dataset, tableId: table };
}

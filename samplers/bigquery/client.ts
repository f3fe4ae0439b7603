import type * as Module from '@google-cloud/bigquery';
import type { Exchange } from './exchange.ts';
import { holdingRows } from './held-rows.ts';
import type { ClientAnswer, ClientRequest, Transport } from './transport.ts';

export type Library = Pick<typeof Module, 'BigQuery'>;

/** Loads the official client. Some 100 ms: only for plans that use it, and before their load. */
export function loadLibrary(): Promise<Library> {
  return import('@google-cloud/bigquery');
}

export interface ClientOptions {
  readonly project: string;
  /** Origin; null: the real service. */
  readonly endpoint: string | null;
  /** Empty: where BigQuery finds the data. */
  readonly location: string;
}

type Answer = (error: unknown, body?: unknown, response?: ClientAnswer) => void;

const realEndpoint = 'https://bigquery.googleapis.com';

/**
 * The official client for one sample: its functions and its requests, sent by our transport.
 *
 * `makeAuthenticatedRequest` is public and yet an inner joint of 8.3.1; a test holds what we rely on. One client costs 20 µs, so each
 * sample has one of its own, and every request knows its sample.
 */
export function clientFor(
  { BigQuery }: Library,
  { project, endpoint, location }: ClientOptions,
  { transport, exchange }: { readonly transport: Transport; readonly exchange: Exchange },
): Module.BigQuery {
  const client = new BigQuery({
    projectId: project,
    apiEndpoint: endpoint ?? realEndpoint,
    ...(location === '' ? {} : { location }),
  });
  // The environment variable BIGQUERY_EMULATOR_HOST would win over the endpoint.
  client.baseUrl = `${endpoint ?? realEndpoint}/bigquery/v2`;
  Object.assign(client, {
    makeAuthenticatedRequest: (request: ClientRequest, answer: Answer) => {
      transport.send(request, exchange).then(
        (sent) => answer(null, holdingRows(sent.body), sent),
        (error: unknown) => answer(error),
      );
    },
  });
  return client;
}

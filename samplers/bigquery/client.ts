import type * as Module from '@google-cloud/bigquery';
import type { Exchange } from './exchange.ts';
import { realEndpoint } from './real-endpoint.ts';
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

/**
 * The official clients of a worker, one for each project, endpoint and location. Queries do without them (decision 43).
 *
 * `makeAuthenticatedRequest` is public and yet an inner joint of 8.3.1; a test holds what we rely on. Each sample has a view of its client
 * in which that is its own, so every request knows its sample.
 */
export class Clients {
  readonly #library: Library;
  readonly #made = new Map<string, Module.BigQuery>();

  constructor(library: Library) {
    this.#library = library;
  }

  /** A client whose requests our transport sends for one sample. */
  of(
    options: ClientOptions,
    { transport, exchange }: { readonly transport: Transport; readonly exchange: Exchange },
  ): Module.BigQuery {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- Object.create gives any; it is a view of a client
    const view: Module.BigQuery = Object.create(this.#clientOf(options));
    return Object.assign(view, {
      makeAuthenticatedRequest: (request: ClientRequest, answer: Answer) => {
        transport.send(request, exchange).then(
          (sent) => answer(null, sent.body, sent),
          (error: unknown) => answer(error),
        );
      },
    });
  }

  #clientOf({ project, endpoint, location }: ClientOptions): Module.BigQuery {
    const key = JSON.stringify([project, endpoint, location]);
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const client = new this.#library.BigQuery({
      projectId: project,
      apiEndpoint: endpoint ?? realEndpoint,
      ...(location === '' ? {} : { location }),
    });
    // The environment variable BIGQUERY_EMULATOR_HOST would win over the endpoint.
    client.baseUrl = `${endpoint ?? realEndpoint}/bigquery/v2`;
    if (this.#made.size >= mostMade) this.#made.clear();
    this.#made.set(key, client);
    return client;
  }
}

/** A plan may make its projects with templates. */
const mostMade = 100;

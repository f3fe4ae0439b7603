import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createApp, storeOf } from './app.ts';
import { bigQueryApp } from './bigquery/bigquery-app.ts';
import { objectsOf } from './bigquery/objects.ts';
import { Faults } from './faults.ts';
import { meetFault } from './meet-fault.ts';
import { isOwnHost, notOwnHost } from './own-host.ts';
import { settingsOf } from './options.ts';
import { startPipeline } from './pipeline/pipeline.ts';
import { seededRandom } from './random.ts';
import { ObjectStore } from './storage/object-store.ts';
import { sandboxProject } from './variables.ts';
import { Warehouse } from './warehouse/warehouse.ts';
import { storageListener } from './storage/storage-routes.ts';
import type { StartOptions } from './options.ts';

/** However a query is asked, its `wrongBytes` are looked up under this path. */
const queriesPath = `/bigquery/v2/projects/${sandboxProject}/queries`;

export interface Sandbox {
  /** `http://127.0.0.1:41234`; the REST API is below `/api`. */
  readonly url: string;
  /** Cuts all connections. */
  close(): Promise<void>;
}

/**
 * Starts the embedded pipeline in this process, on 127.0.0.1 only.
 *
 * A load generator keeps connections open while its users think, so idle ones are kept for ten minutes and
 * there is no limit on the time of a request. Thousands may connect at once: the queue of the kernel is
 * asked to be long.
 */
export async function startSandbox(options: StartOptions = {}): Promise<Sandbox> {
  const settings = settingsOf(options);
  const faults = new Faults();
  const nowEpochMs = () => Date.now();
  const store = storeOf(settings, nowEpochMs);
  const app = createApp(settings, nowEpochMs, faults, store);
  const limits = { keepAliveTimeout: 600_000, headersTimeout: 0, requestTimeout: 0 };
  const listener = getRequestListener(app.fetch);
  const objects = new ObjectStore({ keepBytes: settings.keepObjectBytes, nowEpochMs });
  const warehouse = new Warehouse();
  const pipeline = startPipeline({ ...settings, store, objects, warehouse, nowEpochMs });
  const bigQuery = bigQueryApp({
    ...settings,
    warehouse,
    objects: objectsOf(objects),
    nowEpochMs,
    project: settings.projects === 'own' ? sandboxProject : undefined,
    random: seededRandom(settings.seed + 3),
    bytesFactor: () => faults.take('POST', queriesPath, ['wrongBytes'])?.factor ?? 1,
  });
  app.route('/', bigQuery);
  const storage = storageListener(objects, { ...settings, faults, random: seededRandom(settings.seed + 2) });
  const server = createServer(limits, (request, response) => {
    if (!isOwnHost(request.headers.host)) {
      response.writeHead(421, { 'Content-Type': 'text/plain', Connection: 'close' }).end(notOwnHost);
      return;
    }
    meetFault(faults, request, response, () => {
      if (!storage(request, response)) void listener(request, response);
    });
  });
  server.listen({ host: '127.0.0.1', port: settings.port, backlog: 16_384 });
  await once(server, 'listening');
  const closeAll = async () => {
    await close(server);
    pipeline.close();
    objects.close();
    await warehouse.close();
  };
  return { url: urlOf(server), close: closeAll };
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return `http://127.0.0.1:${address.port}`;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

import { Hono } from 'hono';
import type { Random } from '../../engine/model/ports.ts';
import { errorBody } from '../google-error.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { DatasetFacts } from './dataset-facts.ts';
import { datasetRoutes } from './dataset-routes.ts';
import type { World } from './exchange.ts';
import { InsertIds } from './insert-ids.ts';
import { JobStore } from './job-store.ts';
import { jobRoutes } from './job-routes.ts';
import type { Objects } from './objects.ts';
import { queryRoutes } from './query-routes.ts';
import { ResultCache } from './result-cache.ts';
import { rowRoutes } from './row-routes.ts';
import { tableRoutes } from './table-routes.ts';
import { uploadRoutes } from './upload-routes.ts';

export interface BigQueryOptions {
  readonly warehouse: Warehouse;
  readonly objects: Objects;
  readonly nowEpochMs: () => number;
  /** The one project that may be used; any without it. */
  readonly project: string | undefined;
  readonly latencyMs: number;
  readonly errorRatio: number;
  readonly random: Random;
  readonly bytesFactor?: () => number;
}

/**
 * BigQuery's REST API (v2) as a web application, at `/bigquery/v2` and without it, as clients call an emulator.
 * https://cloud.google.com/bigquery/docs/reference/rest
 */
export function bigQueryApp(options: BigQueryOptions): Hono {
  const { warehouse, nowEpochMs } = options;
  const world: World = {
    ...options,
    jobs: new JobStore(warehouse, nowEpochMs),
    cache: new ResultCache(warehouse),
    facts: new DatasetFacts(nowEpochMs),
    insertIds: new InsertIds(nowEpochMs),
  };
  const app = new Hono();
  for (const prefix of ['', '/bigquery/v2']) {
    app.route(prefix || '/', jobRoutes(world));
    app.route(prefix || '/', queryRoutes(world));
    app.route(prefix || '/', datasetRoutes(world));
    app.route(prefix || '/', tableRoutes(world));
    app.route(prefix || '/', rowRoutes(world));
    app.route(`/upload${prefix}`, uploadRoutes(world));
    app.all(`${prefix}/projects/*`, (context) => {
      const { pathname } = new URL(context.req.url);
      const message = `The sandbox has no route ${context.req.method} ${pathname}.`;
      return context.json(errorBody(404, 'notFound', message), 404);
    });
  }
  return app;
}

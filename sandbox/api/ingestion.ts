import { ratioOf } from '../random.ts';
import { sourceTypes } from '../seed/ingestion.ts';
import { notFound, success } from './answers.ts';
import { checkBody, textOf } from './body.ts';
import { executionRoutes } from './executions.ts';
import { find } from './find.ts';
import { windowNames, windowOf } from './query.ts';
import { createOf, deleteOf, getOf, listOf, pageAnswer, updateOf } from './resource.ts';
import type { Resource } from './resource.ts';
import type { Route } from './route.ts';

/** Where ingestion is served: two suites use two sets of paths, over the same data. */
interface Paths {
  readonly sources: string;
  readonly test: string;
  readonly pipelines: string;
  readonly executions: string;
}

export const ingestionRoutes: readonly Route[] = [
  ...routesAt({ sources: '/sources', test: 'test', pipelines: '/pipelines', executions: '/executions' }),
  ...routesAt({
    sources: '/ingestion/source-systems',
    test: 'test-connection',
    pipelines: '/ingestion/pipelines',
    executions: '/ingestion/executions',
  }),
];

function routesAt(paths: Paths): readonly Route[] {
  const pipelines = pipelinesAt(paths.pipelines);
  return [
    ...sourceRoutes(sourcesAt(paths.sources), paths.test),
    listOf(pipelines),
    getOf(pipelines),
    createOf(pipelines),
    updateOf(pipelines),
    deleteOf(pipelines),
    ...executionRoutes(paths.pipelines, paths.executions),
  ];
}

function sourcesAt(path: string): Resource {
  return {
    path,
    kind: 'sources',
    filters: { equal: { type: 'type', status: 'status' } },
    body: {
      required: ['name', 'type'],
      fields: {
        name: 'text',
        type: sourceTypes,
        connection_details: 'object',
        description: 'text',
        status: 'text',
      },
    },
    defaults: { status: 'active' },
    example: { name: 'orders', type: 'GCS', connection_details: { bucket: 'orders-landing' } },
  };
}

function pipelinesAt(path: string): Resource {
  return {
    path,
    kind: 'pipelines',
    filters: { equal: { status: 'status', source_id: 'source_id' } },
    body: {
      required: ['name', 'source_id'],
      fields: {
        name: 'text',
        target_dataset: 'text',
        target_table: 'text',
        schedule: 'text',
        parameters: 'object',
        description: 'text',
        status: 'text',
      },
      references: { source_id: 'sources' },
    },
    defaults: { status: 'active' },
    example: { name: 'orders to warehouse', source_id: '$sources', schedule: '0 */6 * * *' },
  };
}

function sourceRoutes(sources: Resource, testPath: string): readonly Route[] {
  return [
    listOf(sources),
    {
      method: 'GET',
      path: `${sources.path}/types`,
      summary: 'The types of sources',
      statuses: [200],
      shape: 'data',
      handle: () => success(sourceTypes),
    },
    getOf(sources),
    createOf(sources),
    updateOf(sources),
    deleteOf(sources),
    testConnection(`${sources.path}/${testPath}`),
    schemaRoute(sources.path),
    recordsRoute(sources.path),
  ];
}

function testConnection(path: string): Route {
  const body = { required: ['type'], fields: { type: sourceTypes, connection_details: 'object' } } as const;
  return {
    method: 'POST',
    path,
    summary: 'Try to reach a source',
    statuses: [200],
    shape: 'data',
    fields: ['type', 'connection_details'],
    example: { type: 'API', connection_details: { url: 'https://partner.example.com' } },
    handle: (request, store) => {
      checkBody(request.body, body, store);
      return success({ status: 'connected', type: textOf(request.body, 'type') ?? '', latency_ms: 12 });
    },
  };
}

/** A source holds the objects `default`, `customers` and `orders`; any other is a 404. */
function schemaRoute(sourcesPath: string): Route {
  const objects = ['default', 'customers', 'orders'];
  return {
    method: 'GET',
    path: `${sourcesPath}/:id/schema/:object`,
    summary: 'The columns of an object in a source',
    statuses: [200, 404],
    shape: 'data',
    kind: 'sources',
    handle: ({ params }, store) => {
      const source = find(store, 'sources', params['id']);
      const object = params['object'] ?? '';
      if (!objects.includes(object))
        throw notFound(`The source has no "${object}". It has ${objects.join(', ')}.`);
      const columns = [
        { name: 'id', type: 'INTEGER' },
        { name: 'name', type: 'STRING' },
        { name: 'updated_at', type: 'TIMESTAMP' },
      ];
      return success({ source_id: source.id, object, columns });
    },
  };
}

/** What an API source gives to the one who extracts it: always the same 10,000 records, computed page by page. */
function recordsRoute(sourcesPath: string): Route {
  const total = 10_000;
  return {
    method: 'GET',
    path: `${sourcesPath}/:id/records`,
    summary: 'The records of a source, page by page',
    statuses: [200, 404],
    shape: 'list',
    query: windowNames,
    kind: 'sources',
    handle: ({ params, query }, store) => {
      const { id } = find(store, 'sources', params['id']);
      const { offset, size } = windowOf(query);
      const items = Array.from({ length: Math.max(0, Math.min(size, total - offset)) }, (_, index) => {
        const number = offset + index + 1;
        return { id: number, source_id: id, name: `record ${number}`, value: ratioOf(`${id} ${number}`) };
      });
      return pageAnswer(items, { offset, size, total });
    },
  };
}

import { view } from '../collection.ts';
import { nouns } from '../kinds.ts';
import { begun } from '../progress.ts';
import { success } from './answers.ts';
import { find } from './find.ts';
import { getOf, listOf } from './resource.ts';
import type { Resource } from './resource.ts';
import type { Route } from './route.ts';

const recommendations: Resource = {
  path: '/optimization/recommendations',
  kind: 'recommendations',
  filters: { equal: { type: 'type', status: 'status' } },
};
const queries: Resource = {
  path: '/optimization/queries',
  kind: 'queries',
  filters: { equal: { status: 'status' } },
};
const schemas: Resource = {
  path: '/optimization/schemas',
  kind: 'schemas',
  filters: { equal: { status: 'status' } },
};
const resources: Resource = {
  path: '/optimization/resources',
  kind: 'resources',
  filters: { equal: { type: 'type', status: 'status' } },
};

/** Recommendations, and the queries, schemas and resources that they are about. */
export const optimizationRoutes: readonly Route[] = [
  listOf(recommendations),
  getOf(recommendations),
  workOn(recommendations, { verb: 'apply', during: 'applying', after: 'applied' }),
  listOf(queries),
  getOf(queries),
  workOn(queries, { verb: 'analyze', during: 'analyzing', after: 'analyzed' }),
  listOf(schemas),
  getOf(schemas),
  workOn(schemas, { verb: 'optimize', during: 'optimizing', after: 'optimized' }),
  listOf(resources),
  getOf(resources),
];

/** `POST /things/:id/<verb>`: 202; the thing shows the work until it is over. Doing it again is allowed. */
function workOn({ path, kind }: Resource, work: { verb: string; during: string; after: string }): Route {
  return {
    method: 'POST',
    path: `${path}/:id/${work.verb}`,
    summary: `${work.verb} one ${nouns[kind]}`,
    kind,
    statuses: [202, 404],
    shape: 'data',
    fields: [],
    handle: ({ params, nowEpochMs, pace }, store) => {
      const before = find(store, kind, params['id']);
      const run = begun(nowEpochMs, pace.executionMs, work.during, work.after);
      return success(view(store.of(kind).change(before, {}, nowEpochMs, run), nowEpochMs), 202);
    },
  };
}

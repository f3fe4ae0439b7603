import { describe, expect, it } from 'vitest';
import { client } from '../test-support/client.ts';
import type { Body, Client, Reply } from '../test-support/client.ts';
import { firstId } from '../test-support/first-id.ts';
import type { Kind } from '../kinds.ts';
import type { Route, Shape } from './route.ts';
import { routes } from './routes.ts';

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
/** Ids that a route needs in a state that the seeded data do not offer. */
const prepared: Record<string, (client: Client) => Promise<string>> = {
  cancel: async (made) => {
    const pipeline = await firstId(made, 'pipelines');
    return String((await made.call('POST', `/pipelines/${pipeline}/execute`)).body.data.execution_id);
  },
  analysis: async (made) => {
    const issue = await firstId(made, 'issues');
    await made.call('POST', `/healing/issues/${issue}/analyze`);
    return issue;
  },
};

async function exampleOf(made: Client, { example = {} }: Route): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = { ...example };
  for (const [field, value] of Object.entries(body)) {
    if (value === '$refresh') {
      const login = await made.call('POST', '/auth/login', { username: 'user_7', password: 'password_7' });
      body[field] = login.body.refresh_token;
    } else if (typeof value === 'string' && value.startsWith('$')) {
      body[field] = await firstId(made, value.slice(1) as Kind);
    }
  }
  return body;
}

async function drive(made: Client, route: Route, id: string): Promise<Reply> {
  const path = route.path.replace(':id', id).replace(':object', 'default');
  const example = await exampleOf(made, route);
  if (route.method === 'POST' || route.method === 'PUT') return made.call(route.method, path, example);
  const query = new URLSearchParams(example as Record<string, string>).toString();
  return made.call(route.method, query ? `${path}?${query}` : path);
}

function shapeOf({ body }: Reply): Shape {
  const known = body as Partial<Body> | null;
  if (known === null) return 'empty';
  if (known.data === undefined) return 'flat';
  return Array.isArray(known.data.items) && known.metadata ? 'list' : 'data';
}

describe('every route', () => {
  it.each(routes.map((route) => [nameOf(route), route] as const))(
    '%s answers with its usual status and shape',
    async (_, route) => {
      const made = await client();
      const prepare = prepared[route.path.split('/').at(-1) ?? ''];
      const id = prepare ? await prepare(made) : route.kind ? await firstId(made, route.kind) : '';
      const reply = await drive(made, route, id);
      expect(reply.status, JSON.stringify(reply.body)).toBe(route.statuses[0]);
      expect(shapeOf(reply)).toBe(route.shape);
    },
  );

  it.each(routes.filter(({ kind }) => kind).map((route) => [nameOf(route), route] as const))(
    '%s answers 404 for an id that does not exist',
    async (_, route) => {
      expect(route.statuses).toContain(404);
      const reply = await drive(await client(), route, 'nobody');
      expect(reply).toMatchObject({ status: 404, body: { status: 'error', error: { code: 'not_found' } } });
    },
  );

  it.each(routes.filter(({ open }) => !open).map((route) => [nameOf(route), route] as const))(
    '%s answers 401 without a token',
    async (_, { method, path }) => {
      const { call } = await client();
      expect((await call(method, path, undefined, '')).status).toBe(401);
    },
  );

  it('is there once', () => {
    const names = routes.map(nameOf);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe('what the legacy suites call', () => {
  const legacy = `
    GET /health|GET /status|GET /version|POST /auth/token|POST /auth/login|POST /auth/refresh|POST /auth/logout
    GET /users|GET /users/:id|POST /users|PUT /users/:id|DELETE /users/:id
    GET /config/system|PUT /config/system|GET /config/features|PUT /config/features
    GET /sources|GET /sources/:id|POST /sources|PUT /sources/:id|DELETE /sources/:id|POST /sources/test
    GET /sources/:id/schema/:object|GET /sources/types
    GET /pipelines|GET /pipelines/:id|POST /pipelines|PUT /pipelines/:id|DELETE /pipelines/:id
    POST /pipelines/:id/execute|GET /executions|GET /executions/:id|GET /executions/:id/tasks
    POST /executions/:id/cancel|POST /executions/:id/retry
    GET /ingestion/source-systems|GET /ingestion/source-systems/:id|POST /ingestion/source-systems
    PUT /ingestion/source-systems/:id|DELETE /ingestion/source-systems/:id
    POST /ingestion/source-systems/test-connection|GET /ingestion/source-systems/:id/schema/:object
    GET /ingestion/source-systems/types|GET /ingestion/pipelines|GET /ingestion/pipelines/:id
    POST /ingestion/pipelines|PUT /ingestion/pipelines/:id|DELETE /ingestion/pipelines/:id
    POST /ingestion/pipelines/:id/execute|GET /ingestion/pipelines/:id/executions
    GET /ingestion/executions/:id|GET /ingestion/executions/:id/tasks|DELETE /ingestion/executions/:id
    POST /ingestion/executions/:id/cancel|POST /ingestion/executions/:id/retry
    GET /quality/rules|GET /quality/rules/:id|POST /quality/rules|PUT /quality/rules/:id|DELETE /quality/rules/:id
    GET /quality/validations|GET /quality/validations/:id|POST /quality/validate|GET /quality/datasets
    GET /quality/datasets/:id/metrics|GET /quality/score|GET /quality/trend|GET /quality/issues
    GET /healing/issues|GET /healing/issues/:id|PUT /healing/issues/:id|GET /healing/issues/statistics
    POST /healing/detect|POST /healing/issues/:id/analyze|GET /healing/issues/:id/analysis
    POST /healing/issues/:id/fix|GET /healing/actions|GET /healing/actions/:id|POST /healing/actions
    PUT /healing/actions/:id|DELETE /healing/actions/:id|GET /healing/patterns|GET /healing/patterns/:id
    POST /healing/patterns|PUT /healing/patterns/:id|DELETE /healing/patterns/:id
    GET /healing/executions|GET /healing/executions/:id|POST /healing/execute|GET /healing/config
    PUT /healing/config|GET /healing/statistics|GET /healing/models|GET /healing/models/:id
    GET /healing/models/:id/metrics|POST /healing/models/:id/predict|POST /healing/feedback
    GET /monitoring/alerts|GET /monitoring/alerts/:id|PUT /monitoring/alerts/:id|GET /monitoring/metrics
    GET /monitoring/metrics/:id|GET /monitoring/dashboards|GET /monitoring/dashboards/:id
    GET /monitoring/notifications/settings|PUT /monitoring/notifications/settings
    POST /monitoring/notifications/test
    GET /optimization/recommendations|GET /optimization/recommendations/:id
    POST /optimization/recommendations/:id/apply|GET /optimization/queries|GET /optimization/queries/:id
    POST /optimization/queries/:id/analyze|GET /optimization/schemas|GET /optimization/schemas/:id
    POST /optimization/schemas/:id/optimize|GET /optimization/resources|GET /optimization/resources/:id`;

  it.each(legacy.trim().split(/\||\n\s*/))('%s is a route', (name) => {
    expect(routes.map(nameOf)).toContain(name);
  });
});

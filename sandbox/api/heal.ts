import { fieldText, view } from '../collection.ts';
import type { Collection } from '../collection.ts';
import type { JsonObject } from '../json.ts';
import { begun } from '../progress.ts';
import { ratioOf } from '../random.ts';
import { issueTypes } from '../seed/healing.ts';
import { severities } from '../seed/quality.ts';
import type { Store } from '../store.ts';
import { conflict, notFound, success } from './answers.ts';
import { checkBody, fieldNames } from './body.ts';
import type { BodyRules } from './body.ts';
import { find } from './find.ts';
import { injectRoute } from './inject.ts';
import { issueRules } from './issue-rules.ts';
import { timeRange, timeRangeNames } from './query.ts';
import { getOf, listOf, updateOf } from './resource.ts';
import type { Resource } from './resource.ts';
import type { ApiRequest, Route } from './route.ts';

const workRules: BodyRules = {
  required: ['action_id'],
  fields: { issue_type: issueTypes, severity: severities, parameters: 'object', description: 'text' },
  references: { action_id: 'actions', issue_id: 'issues', pattern_id: 'patterns' },
};

const issues: Resource = {
  path: '/healing/issues',
  kind: 'issues',
  filters: {
    equal: {
      status: 'status',
      issue_type: 'issue_type',
      severity: 'severity',
      pipeline_id: 'pipeline_id',
      execution_id: 'execution_id',
      object_name: 'object_name',
      table: 'table',
      trigger: 'trigger',
    },
  },
  body: { ...issueRules, fields: { ...issueRules.fields, status: 'text' } },
  example: { severity: 'high' },
};

/**
 * The life of an issue: detected (open), analyzed, fixing, resolved. A fix takes `healingMs`; meanwhile
 * there is a healing, whose id the fix answers.
 *
 * A fix answers 202, since it goes on after the answer (one legacy script expects 202, another 200). An
 * issue that is being fixed, or is resolved, cannot be fixed again: 409.
 */
export const healRoutes: readonly Route[] = [
  listOf(issues),
  statisticsRoute('/healing/issues/statistics', 'Issues by status', 'issues'),
  statisticsRoute('/healing/statistics', 'Healings by status', 'healings'),
  getOf(issues),
  updateOf(issues),
  injectRoute,
  {
    method: 'POST',
    path: '/healing/detect',
    summary: 'Detect an issue',
    statuses: [201, 404],
    shape: 'data',
    example: { issue_type: 'performance', severity: 'high', pipeline_id: '$pipelines' },
    fields: fieldNames(issueRules),
    handle: ({ body, nowEpochMs }, store) => {
      checkBody(body, issueRules, store);
      const found = store.of('issues').create({ severity: 'medium', ...body, status: 'open' }, nowEpochMs);
      return success(view(found, nowEpochMs), 201);
    },
  },
  {
    method: 'POST',
    path: '/healing/issues/:id/analyze',
    summary: 'Find the root cause of an issue',
    statuses: [200, 404],
    shape: 'data',
    kind: 'issues',
    fields: [],
    handle: analyze,
  },
  {
    method: 'GET',
    path: '/healing/issues/:id/analysis',
    summary: 'The root cause; 404 before it is analyzed',
    statuses: [200, 404],
    shape: 'data',
    kind: 'issues',
    handle: ({ params }, store) => {
      const analysis = find(store, 'issues', params['id']).fields['analysis'];
      if (analysis === undefined) throw notFound('The issue is not analyzed yet. POST to …/analyze first.');
      return success(analysis);
    },
  },
  {
    method: 'POST',
    path: '/healing/issues/:id/fix',
    summary: 'Start to fix an issue',
    kind: 'issues',
    statuses: [202, 404, 409],
    shape: 'data',
    fields: ['action_id'],
    example: { action_id: '$actions' },
    handle: fix,
  },
  {
    method: 'POST',
    path: '/healing/execute',
    summary: 'Start a healing action',
    statuses: [202, 404],
    shape: 'data',
    fields: fieldNames(workRules),
    example: { action_id: '$actions', issue_type: 'performance' },
    handle: (request, store) => {
      checkBody(request.body, workRules, store);
      return success(startHealing(request, store, request.body), 202);
    },
  },
];

function analyze({ params, nowEpochMs }: ApiRequest, store: Store) {
  const before = find(store, 'issues', params['id']);
  const { issue_type = null, status = null } = before.fields;
  const confidence = Math.round((0.7 + 0.3 * ratioOf(before.id)) * 100) / 100;
  const analysis = { issue_id: before.id, issue_type, root_cause: 'upstream schema change', confidence };
  const changes = { analysis, status: status === 'open' ? 'analyzed' : status };
  store.of('issues').change(before, changes, nowEpochMs);
  return success(analysis);
}

function fix(request: ApiRequest, store: Store) {
  const { params, body, nowEpochMs, pace } = request;
  const issue = find(store, 'issues', params['id']);
  checkBody(body, { references: { action_id: 'actions' } }, store);
  const status = fieldText(issue, 'status', nowEpochMs);
  if (status === 'fixing' || status === 'resolved')
    throw conflict(`The issue is ${status}: there is nothing to fix.`);
  const healing = startHealing(request, store, { ...body, issue_id: issue.id });
  const run = begun(nowEpochMs, pace.healingMs, 'fixing', 'resolved');
  store.of('issues').change(issue, { healing_id: healing['id'] ?? null }, nowEpochMs, run);
  store.fixed(issue.id);
  return success(healing, 202);
}

function startHealing({ nowEpochMs, pace }: ApiRequest, store: Store, fields: JsonObject): JsonObject {
  const run = begun(nowEpochMs, pace.healingMs, 'running', 'completed');
  return view(store.of('healings').create({ ...fields, successful: true }, nowEpochMs, run), nowEpochMs);
}

function statisticsRoute(path: string, summary: string, kind: 'issues' | 'healings'): Route {
  return {
    method: 'GET',
    path,
    summary,
    statuses: [200],
    shape: 'data',
    query: timeRangeNames,
    example: { timeRange: '7d' },
    handle: ({ query, nowEpochMs }, store) => {
      const time_range = timeRange(query, '30d');
      const collection = store.of(kind);
      return success({ time_range, total: collection.size, by_status: byStatus(collection, nowEpochMs) });
    },
  };
}

function byStatus(collection: Collection, nowEpochMs: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entity of collection.all()) {
    const status = fieldText(entity, 'status', nowEpochMs);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

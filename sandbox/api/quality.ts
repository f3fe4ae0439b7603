import { view } from '../collection.ts';
import type { JsonObject } from '../json.ts';
import { begun } from '../progress.ts';
import { integer, ratioOf } from '../random.ts';
import { ruleTypes, dimensions, severities } from '../seed/quality.ts';
import type { Store } from '../store.ts';
import { badRequest, notFound, success } from './answers.ts';
import { checkBody, textOf } from './body.ts';
import { find } from './find.ts';
import { timeOf, timeRange, timeRangeNames, wholeNumber } from './query.ts';
import { createOf, deleteOf, getOf, listOf, updateOf } from './resource.ts';
import type { Resource } from './resource.ts';
import type { ApiRequest, Route } from './route.ts';

const place = { dataset: 'dataset', table: 'table' };

const validateFields = {
  dataset: 'text',
  table: 'text',
  rule_ids: 'list of texts',
  execution_id: 'text',
} as const;

const rules: Resource = {
  path: '/quality/rules',
  kind: 'rules',
  filters: { equal: { ...place, rule_type: 'rule_type', severity: 'severity', enabled: 'enabled' } },
  body: {
    required: ['name', 'rule_type'],
    fields: {
      name: 'text',
      rule_type: ruleTypes,
      dataset: 'text',
      table: 'text',
      dimension: dimensions,
      severity: severities,
      enabled: 'boolean',
      config: 'object',
      description: 'text',
    },
  },
  defaults: { severity: 'medium', enabled: true, config: {} },
  example: { name: 'no empty e-mail', rule_type: 'null_check', dataset: 'customer_data', table: 'customers' },
};

const validations: Resource = {
  path: '/quality/validations',
  kind: 'validations',
  filters: { equal: { ...place, rule_id: 'rule_id', status: 'status' } },
};

const issues: Resource = {
  path: '/quality/issues',
  kind: 'qualityIssues',
  filters: { equal: { ...place, severity: 'severity', is_resolved: 'is_resolved' } },
};

const datasets: Resource = { path: '/quality/datasets', kind: 'datasets' };

/** Data quality. A deleted rule answers 200, as the Locust suite expects, where everything else answers 204. */
export const qualityRoutes: readonly Route[] = [
  listOf(rules),
  getOf(rules),
  createOf(rules),
  updateOf(rules),
  deleteOf(rules, 200),
  listOf(validations),
  getOf(validations),
  {
    method: 'POST',
    path: '/quality/validate',
    summary: 'Validate a dataset or one table',
    statuses: [202, 404],
    shape: 'data',
    fields: Object.keys(validateFields),
    example: { dataset: 'customer_data', table: 'customers' },
    handle: validate,
  },
  listOf(datasets),
  getOf(datasets),
  {
    method: 'GET',
    path: '/quality/datasets/:id/metrics',
    summary: 'Quality of one dataset over time',
    statuses: [200, 404],
    shape: 'data',
    kind: 'datasets',
    query: timeRangeNames,
    example: { timeRange: '30d' },
    handle: ({ params, query }, store) => {
      const { id } = find(store, 'datasets', params['id']);
      const time_range = timeRange(query, '30d');
      return success({
        dataset_id: id,
        time_range,
        completeness: ratioOf(id),
        accuracy: ratioOf(id + time_range),
      });
    },
  },
  {
    method: 'GET',
    path: '/quality/score',
    summary: 'The score of a dataset or table',
    statuses: [200, 404],
    shape: 'data',
    query: ['dataset', 'table', 'as_of_date'],
    example: { dataset: 'inventory', as_of_date: '2026-01-31' },
    handle: ({ query }, store) => {
      const where = placeOf(query, store);
      const as_of_date = timeOf(query, ['as_of_date']) ?? null;
      return success({ ...where, as_of_date, score: scoreOf(where, as_of_date ?? '') });
    },
  },
  {
    method: 'GET',
    path: '/quality/trend',
    summary: 'Scores of a dataset or table, interval by interval',
    statuses: [200, 404],
    shape: 'data',
    query: ['dataset', 'table', 'interval', 'num_intervals'],
    example: { dataset: 'inventory', interval: 'weekly', num_intervals: '5' },
    handle: trend,
  },
  listOf(issues),
];

function validate(request: ApiRequest, store: Store) {
  const { body, nowEpochMs, pace } = request;
  checkBody(body, { required: ['dataset'], fields: validateFields }, store);
  const where = placeOf(
    { dataset: textOf(body, 'dataset') ?? '', table: textOf(body, 'table') ?? '' },
    store,
  );
  const ruleIds = Array.isArray(body['rule_ids']) ? body['rule_ids'] : [];
  for (const id of ruleIds) find(store, 'rules', String(id));
  const plannedMs = integer(store.random, pace.executionMs, 2 * pace.executionMs);
  const run = begun(nowEpochMs, plannedMs, 'in_progress', 'passed');
  const made = store.of('validations').create({ ...body, score: scoreOf(where, '') }, nowEpochMs, run);
  return success(view(made, nowEpochMs), 202);
}

function trend({ query }: ApiRequest, store: Store) {
  const where = placeOf(query, store);
  const interval = query['interval'] ?? 'daily';
  if (!['daily', 'weekly', 'monthly'].includes(interval)) {
    throw badRequest(`"interval" must be daily, weekly or monthly, got "${interval}".`);
  }
  const count = wholeNumber({ num_intervals: '10', ...query }, 'num_intervals', { from: 1, to: 100 });
  const points = Array.from({ length: count }, (_, index) => ({
    intervals_ago: count - 1 - index,
    score: scoreOf(where, `${interval} ${index}`),
  }));
  return success({ ...where, interval, points });
}

/** The dataset of the query and, if it names one, the table in it. 404 if there are none such. */
function placeOf(query: Readonly<Record<string, string>>, store: Store): JsonObject {
  const { dataset = '', table = '' } = query;
  if (!dataset) throw badRequest('"dataset" is required.');
  const known = [...store.of('datasets').all()].find(({ fields }) => fields['name'] === dataset);
  if (!known) throw notFound(`There is no dataset "${dataset}".`);
  const tables = known.fields['tables'];
  if (table && Array.isArray(tables) && !tables.includes(table)) {
    throw notFound(`The dataset "${dataset}" has no table "${table}".`);
  }
  return { dataset, table: table || null };
}

/** 0.8 to 1, always the same for the same place and moment. */
function scoreOf(where: JsonObject, moment: string): number {
  return Math.round((0.8 + 0.2 * ratioOf(JSON.stringify(where) + moment)) * 1000) / 1000;
}

import { actionTypes, issueTypes } from '../seed/healing.ts';
import { success } from './answers.ts';
import { checkBody } from './body.ts';
import { healRoutes } from './heal.ts';
import { createOf, deleteOf, getOf, listOf, updateOf } from './resource.ts';
import type { Resource } from './resource.ts';
import { find } from './find.ts';
import { ratioOf } from '../random.ts';
import { settingsRoutes } from './system.ts';
import type { Route } from './route.ts';

const patterns: Resource = {
  path: '/healing/patterns',
  kind: 'patterns',
  filters: { equal: { issue_type: 'issue_type' } },
  body: {
    required: ['issue_type'],
    fields: {
      issue_type: issueTypes,
      detection_pattern: 'object',
      confidence: 'number',
      description: 'text',
    },
  },
  example: { issue_type: 'data_quality', detection_pattern: { source: 'ingestion' }, confidence: 0.9 },
};

/** `pattern_id` may be unknown: the Locust suite makes some up. */
const actions: Resource = {
  path: '/healing/actions',
  kind: 'actions',
  filters: {
    equal: { pattern_id: 'pattern_id', action_type: 'action_type' },
    flags: { active_only: 'active' },
  },
  body: {
    required: ['action_type'],
    fields: {
      pattern_id: 'text',
      action_type: actionTypes,
      parameters: 'object',
      description: 'text',
      active: 'boolean',
    },
  },
  defaults: { active: true },
  example: { action_type: 'retry', parameters: { max_attempts: 3 }, description: 'try again' },
};

const executions: Resource = {
  path: '/healing/executions',
  kind: 'healings',
  filters: {
    equal: {
      execution_id: 'id',
      healing_id: 'id',
      issue_id: 'issue_id',
      pattern_id: 'pattern_id',
      action_id: 'action_id',
      status: 'status',
    },
    flags: { successful_only: 'successful' },
  },
};

const models: Resource = {
  path: '/healing/models',
  kind: 'models',
  filters: { equal: { model_type: 'model_type', status: 'status' } },
};

const feedback: Resource = {
  path: '/healing/feedback',
  kind: 'feedback',
  body: {
    required: ['rating'],
    fields: { rating: 'number', comment: 'text' },
    references: { healing_id: 'healings', issue_id: 'issues', model_id: 'models' },
  },
  example: { rating: 5, model_id: '$models', comment: 'right at once' },
};

/** Self-healing: issues and how they are healed, what is known about healing, and the models behind it. */
export const healingRoutes: readonly Route[] = [
  ...healRoutes,
  listOf(patterns),
  getOf(patterns),
  createOf(patterns),
  updateOf(patterns),
  deleteOf(patterns),
  listOf(actions),
  getOf(actions),
  createOf(actions),
  updateOf(actions),
  deleteOf(actions),
  listOf(executions),
  getOf(executions),
  listOf(models),
  getOf(models),
  {
    method: 'GET',
    path: '/healing/models/:id/metrics',
    summary: 'How well a model does',
    kind: 'models',
    statuses: [200, 404],
    shape: 'data',
    handle: ({ params }, store) => {
      const { id, fields } = find(store, 'models', params['id']);
      return success({ model_id: id, accuracy: fields['accuracy'] ?? null, recall: ratioOf(id) });
    },
  },
  {
    method: 'POST',
    path: '/healing/models/:id/predict',
    summary: 'Ask a model',
    kind: 'models',
    statuses: [200, 404],
    shape: 'data',
    fields: ['features'],
    example: { features: { null_ratio: 0.4 } },
    handle: ({ params, body }, store) => {
      checkBody(body, { fields: { features: 'object' } }, store);
      const { id } = find(store, 'models', params['id']);
      return success({ model_id: id, prediction: 'data_quality', confidence: ratioOf(JSON.stringify(body)) });
    },
  },
  createOf(feedback),
  ...settingsRoutes('/healing/config', 'healing', { autonomous_mode: 'manual', max_retry_attempts: 5 }),
];

/** The kinds of things that the pipeline knows, and the noun that stands in `source_id` and in messages. */
export const nouns = {
  users: 'user',
  sources: 'source',
  pipelines: 'pipeline',
  executions: 'execution',
  rules: 'rule',
  validations: 'validation',
  datasets: 'dataset',
  qualityIssues: 'issue',
  issues: 'issue',
  patterns: 'pattern',
  actions: 'action',
  healings: 'healing',
  models: 'model',
  feedback: 'feedback',
  alerts: 'alert',
  metrics: 'metric',
  dashboards: 'dashboard',
  recommendations: 'recommendation',
  queries: 'query',
  schemas: 'schema',
  resources: 'resource',
} as const;

export type Kind = keyof typeof nouns;

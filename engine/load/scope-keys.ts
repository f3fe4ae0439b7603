import type { JsonSchema } from '../model/json-schema.ts';

/** A status or a class of them, an exit code, a reason as BigQuery writes it, or a word of a healing trigger. */
export const codePattern =
  '[1-9x][0-9x]{2}|[1-9]?[0-9]|[a-z]+([A-Z][a-z]+)+|invalid|duplicate|stopped|timeout|blocked|healing\\.not_[a-z]+';

/** Names of variables and properties: they stand in `${…}` and in function calls. */
export const variableName: JsonSchema = {
  type: 'string',
  literal: true,
  pattern: '^[^\\s${}(),]+$',
  examples: ['issueId', 'api_url'],
};

/** The keys that a plan, a thread group, a controller, a branch and a step may all have. */
export const scopeKeys = {
  defaults: {
    type: 'object',
    description:
      'Configuration for the samplers beneath, by kind. The nearest wins, key by key; headers merge.',
    default: {},
    examples: [{ http: { timeout: '30s', headers: { Accept: 'application/json' } } }],
  },
  tags: {
    description:
      'Tags of the samples beneath; in a list each is `true`. Thresholds select by them, p95(elapsed){endpoint=issues} < 500ms, and --tags what runs.',
    default: {},
    examples: [{ endpoint: 'issues' }, ['auth', 'login']],
    anyOf: [
      {
        type: 'object',
        propertyNames: { ...variableName, examples: ['endpoint'] },
        additionalProperties: { type: ['string', 'number', 'boolean'], literal: true },
      },
      { type: 'array', items: { ...variableName, examples: ['login'] } },
    ],
  },
  expect: {
    description:
      'The codes that mean success: a status, a class such as 2xx, the exit code of a process, the reason of a job of BigQuery that failed (`invalidQuery`), ' +
      'what became of an issue (`healing.not_detected`), or a list. The innermost counts. What has no answer, such as a time-out or a lost connection, fails whatever is expected.',
    examples: [200, '2xx', [200, 409], 'healing.not_detected'],
    anyOf: [code('integer'), code('string'), listOfCodes()],
  },
  extract: {
    type: 'object',
    description: 'Variables to take from the answer, by name. A bare text is a JSONPath.',
    default: {},
    examples: [{ token: '$.token' }],
    propertyNames: variableName,
  },
  before: {
    type: 'array',
    description: 'What is done before every sampler beneath, outermost first.',
    default: [],
    examples: [[{ set: { start: '${__time()}' } }]],
  },
  timers: {
    type: 'array',
    description: 'Delays before every sampler beneath; they add up.',
    default: [],
    examples: [[{ uniform: '1s..3s' }]],
  },
  after: {
    type: 'array',
    description: 'What is done after every sampler beneath, when variables have been extracted.',
    default: [],
    examples: [[{ set: { last: '${issueId}' } }]],
  },
  data: {
    type: 'array',
    description: 'Sources of variables. Each moves on at the start of every pass of the place it stands in.',
    default: [],
    examples: [[{ csv: 'users.csv' }]],
  },
  assert: {
    type: 'array',
    description: 'What must be true of the answer, besides its code. All must hold.',
    default: [],
    examples: [[{ duration: '2s' }]],
  },
  check: {
    type: 'array',
    description:
      'What should be true of the answer. Results are recorded in the rate checks, with the tag check; no sample fails.',
    default: [],
    examples: [[{ jsonPath: '$.data.items', minLength: 1, name: 'has items' }]],
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

function code(type: 'integer' | 'string'): JsonSchema {
  if (type === 'integer') return { type, literal: true, minimum: 0, maximum: 999 };
  return { type, literal: true, pattern: `^(${codePattern})$`, examples: ['200', '2xx'] };
}

function listOfCodes(): JsonSchema {
  return { type: 'array', minItems: 1, items: { anyOf: [code('integer'), code('string')] } };
}

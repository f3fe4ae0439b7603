import type { JsonSchema } from '../model/json-schema.ts';
import { metricsKey } from './read-metrics.ts';
import { poolSchema } from '../model/pool.ts';
import { scopeKeys, variableName } from './scope-keys.ts';
import { environmentsKey, propertiesKey, sandboxKey, scalar, variablesKey } from './settings-keys.ts';
import { stepList } from './step-keys.ts';

const path: JsonSchema = { type: 'string', literal: true, minLength: 1 };

const schemaKey: JsonSchema = {
  type: 'string',
  literal: true,
  description: 'Where the schema of plans is, for editors; not looked at.',
  examples: ['../schemas/plan.schema.json'],
};

const parameterSchema: JsonSchema = {
  type: ['object', 'null'],
  additionalProperties: false,
  description: 'A variable that the flow reads, and its value for those who give none.',
  properties: {
    default: {
      ...scalar,
      description: 'The value when none is given; a template. Without it, a value must be given.',
      examples: ['fast'],
    },
    description: {
      type: 'string',
      literal: true,
      default: '',
      description: 'For readers.',
      examples: ['How deep to look'],
    },
  },
};

/** A flow that says what it must be given. */
export const flowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['steps'],
  description: 'Steps, and the parameters they take.',
  properties: {
    parameters: {
      type: 'object',
      description: 'Variables that `with:` sets while the flow runs; others are then refused.',
      default: {},
      examples: [{ issueId: {}, mode: { default: 'fast' } }],
      propertyNames: variableName,
      additionalProperties: parameterSchema,
    },
    steps: stepList,
  },
} as const satisfies JsonSchema;

/** What a fragment, a file that plans include, may hold. */
export const fragmentSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'Parts that plans share.',
  properties: {
    $schema: schemaKey,
    include: {
      description: 'Files whose flows, variables and properties are added. Paths start from this file.',
      default: [],
      examples: ['flows/log-in.yaml', ['flows/log-in.yaml', 'flows/triage.yaml']],
      anyOf: [path, { type: 'array', items: path }],
    },
    properties: propertiesKey,
    variables: variablesKey,
    metrics: metricsKey,
    pools: {
      type: 'object',
      description: 'Bags of texts, such as ids, that steps fill and draw from with pool:.',
      default: {},
      examples: [{ issue_ids: { share: 'all', max: 500 } }],
      propertyNames: { ...variableName, examples: ['issue_ids'] },
      additionalProperties: { anyOf: [poolSchema, { type: 'null' }] },
    },
    flows: {
      type: 'object',
      description:
        'Named lists of steps, for flow: in a thread group or as a step; with parameters, if they declare some.',
      default: {},
      examples: [
        { triage: [{ get: '/issues' }] },
        { look: { parameters: { mode: { default: 'fast' } }, steps: [{ get: '/issues?mode=${mode}' }] } },
      ],
      propertyNames: { ...variableName, pattern: '^[^${}]+$', examples: ['triage'] },
      additionalProperties: { anyOf: [stepList, flowSchema] },
    },
  },
} as const satisfies JsonSchema;

/** The whole plan. Steps, thread groups, listeners and the like are read one by one. */
export const planKeysSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'threadGroups'],
  description: 'A load test.',
  properties: {
    name: {
      type: 'string',
      literal: true,
      minLength: 1,
      description: 'The name of the plan, in reports and in the folder of its results.',
      examples: ['Healing API under load'],
    },
    description: {
      type: 'string',
      literal: true,
      description: 'For readers.',
      default: '',
      examples: ['Nightly.'],
    },
    ...fragmentSchema.properties,
    environments: environmentsKey,
    sandbox: sandboxKey,
    setUp: { ...stepList, description: 'Steps that one user performs before the thread groups start.' },
    tearDown: { ...stepList, description: 'Steps that one user performs when the thread groups have ended.' },
    threads: {
      type: 'integer',
      minimum: 0,
      maximum: 1_000_000,
      description: 'Number of users that the groups with a share divide among them.',
      examples: [100, '${users}'],
    },
    threadGroups: {
      type: 'array',
      minItems: 1,
      description:
        'Who does what, and how many at a time. All start at once, unless startAfter: says otherwise.',
      examples: [[{ name: 'Shoppers', threads: 20, duration: '1m', steps: [{ get: '/health' }] }]],
    },
    thresholds: {
      type: 'array',
      description:
        'Rules on the measured numbers: the run fails when one is broken. An environment may add some.',
      default: [],
      examples: [['p95(elapsed) < 500ms', 'error_rate < 1%']],
    },
    price: {
      type: 'object',
      description:
        'What queries cost: for all steps the option `price` of their sampler, unless defaults or the step say otherwise. The metric `cost` and its sums follow from it.',
      examples: [{ perTebibyte: 6.25 }, { perSlotHour: '${slot_price}' }],
    },
    health: {
      enum: ['warn', 'fail'],
      description:
        'What becomes of a run whose figures are not valid because the load generator was the limit: warn says so, fail also makes it fail.',
      default: 'warn',
      examples: ['fail'],
    },
    listeners: {
      type: 'array',
      description:
        'What is written about the run besides run.json. Entries are added to jtl-csv and summary; an entry of one of these two configures it, and `{ jtl-csv: false }` switches it off.',
      default: ['jtl-csv', 'summary'],
      examples: [[{ failures: { perLabel: 3 } }], [{ 'jtl-csv': { add: ['Hostname'] } }, { summary: false }]],
    },
    monitors: {
      type: 'array',
      description:
        'What is read beside the load, at an interval: the machine, a process, what Prometheus knows. Its values are metrics.',
      default: [],
      examples: [['machine', { process: { port: 8080, name: 'api' } }]],
    },
    ...scopeKeys,
  },
} as const satisfies JsonSchema;

import type { JsonSchema } from '../model/json-schema.ts';
import { variableName } from './scope-keys.ts';

export const scalar: JsonSchema = { type: ['string', 'number', 'boolean', 'null'] };

export const propertyTypes = ['string', 'integer', 'number', 'boolean', 'duration'] as const;

/** A property in full: `{ type: integer, default: 20 }`. */
export const propertySchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    type: {
      enum: propertyTypes,
      literal: true,
      default: 'string',
      description: 'What its value must be. Without it: what the default is.',
      examples: ['integer'],
    },
    default: { ...scalar, description: 'The value when nothing else sets one.', examples: [20] },
    required: {
      type: 'boolean',
      literal: true,
      default: false,
      description: 'True: the plan does not run until something sets a value.',
      examples: [true],
    },
    secret: {
      type: 'boolean',
      literal: true,
      default: false,
      description:
        'True: the value is shown as ***, wherever the plan puts it; from six characters on also where others say it, in any usual encoding.',
      examples: [true],
    },
    description: {
      type: 'string',
      literal: true,
      default: '',
      description: 'For readers.',
      examples: ['Users'],
    },
    env: {
      type: 'string',
      literal: true,
      minLength: 1,
      description: 'The environment variable that sets it. Without it: LOADPLAN_ and the name in capitals.',
      examples: ['API_TOKEN'],
    },
  },
};

export const propertiesKey: JsonSchema = {
  type: 'object',
  description: 'Settings of the plan: -Jname=value sets one, ${name} reads it.',
  default: {},
  examples: [{ users: { type: 'integer', default: 20 } }],
  propertyNames: variableName,
  additionalProperties: { anyOf: [scalar, propertySchema] },
};

export const variablesKey: JsonSchema = {
  type: 'object',
  description: 'Variables that every user starts with.',
  default: {},
  examples: [{ currency: 'EUR' }],
  propertyNames: variableName,
  additionalProperties: scalar,
};

const sandboxSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    latency: {
      type: 'string',
      unit: 'ms',
      literal: true,
      default: '0s',
      description: 'Added to every answer.',
      examples: ['20ms'],
    },
    errorRate: {
      default: 0,
      description: 'Share of requests that are answered with 503.',
      examples: ['1%', 0.01],
      anyOf: [
        { type: 'number', literal: true, minimum: 0, maximum: 1 },
        { type: 'string', literal: true, pattern: '^(100|[0-9]{1,2}([.][0-9]+)?)%$', examples: ['1%'] },
      ],
    },
    seed: {
      type: 'integer',
      literal: true,
      minimum: 0,
      default: 1,
      description: 'The same seed gives the same data and the same errors.',
      examples: [1],
    },
    detection: {
      type: 'string',
      unit: 'ms',
      literal: true,
      default: '1s',
      description:
        'Time until an issue of the pipeline is detected: bad rows, a bad file, one that was injected.',
      examples: ['500ms'],
    },
    healing: {
      type: 'string',
      unit: 'ms',
      literal: true,
      default: '1500ms',
      description: 'Time from the detection of an issue until it is healed.',
      examples: ['1s'],
    },
    objectLimit: {
      type: 'string',
      unit: 'bytes',
      literal: true,
      default: '256MiB',
      description:
        'Uploaded objects are kept up to this size. The bytes of larger ones are counted and checksummed only: they cannot be read.',
      examples: ['2GiB'],
    },
  },
};

export const sandboxKey: JsonSchema = {
  description: 'Starts the embedded pipeline and fills ${sandbox.api} and the like.',
  default: false,
  examples: [true, { latency: '20ms', errorRate: '1%' }],
  anyOf: [{ type: 'boolean', literal: true }, sandboxSchema],
};

export const environmentSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    description: {
      type: 'string',
      literal: true,
      default: '',
      description: 'For readers.',
      examples: ['Staging'],
    },
    when: {
      type: 'string',
      literal: true,
      minLength: 1,
      description:
        'A property that chooses this environment: without -e, it applies once that property is set from outside the plan (-J, -q, environment variable).',
      examples: ['project_id'],
    },
    sandbox: sandboxKey,
    properties: {
      type: 'object',
      description: 'Values for properties of the plan.',
      default: {},
      examples: [{ api_url: 'https://staging.example.com' }],
      additionalProperties: scalar,
    },
    variables: variablesKey,
    thresholds: {
      type: 'array',
      default: [],
      description:
        'Rules that hold in this environment: besides those of the plan, or with `replaces` in the place of some.',
      examples: [
        ['p95(elapsed) < 2s'],
        [{ threshold: 'p95(elapsed) < 2s', replaces: 'p95(elapsed) < 500ms' }],
      ],
    },
  },
};

export const environmentsKey: JsonSchema = {
  type: 'object',
  description:
    'Where the plan runs: -e chooses one. Without -e, the one whose `when` names a property that is set, else the one named default.',
  default: {},
  examples: [{ staging: { properties: { api_url: 'https://staging.example.com' } } }],
  propertyNames: { ...variableName, examples: ['staging'] },
  additionalProperties: environmentSchema,
};

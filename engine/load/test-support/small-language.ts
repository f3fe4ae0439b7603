import type { JsonSchema } from '../../model/json-schema.ts';
import type { ElementSyntax, Language } from '../../model/language.ts';

const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const word: JsonSchema = { type: 'string', description: 'A word.', examples: ['x'] };

const http: ElementSyntax = {
  kind: 'http',
  scalar: 'path',
  aliases: { get: { method: 'GET' }, post: { method: 'POST' } },
  schema: object(
    {
      method: {
        enum: ['GET', 'POST', 'PUT'],
        default: 'GET',
        description: 'The verb.',
        examples: ['PUT'],
      },
      baseUrl: { type: 'string', description: 'What paths are added to.', examples: ['https://example.com'] },
      path: { type: 'string', description: 'The path.', examples: ['/health'] },
      headers: {
        type: 'object',
        default: {},
        description: 'Headers.',
        examples: [{ Accept: 'text/html' }],
        additionalProperties: { type: ['string', 'number'] },
      },
      json: { type: ['object', 'array'], render: 'json', description: 'A body.', examples: [{ id: 1 }] },
      query: {
        type: 'object',
        render: 'query',
        description: 'The query.',
        examples: [{ page: 1 }],
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
      timeout: { type: 'string', unit: 'ms', default: '30s', description: 'Total time.', examples: ['5s'] },
      retries: {
        type: 'integer',
        minimum: 0,
        maximum: 5,
        default: 0,
        description: 'Retries.',
        examples: [1],
      },
    },
    ['baseUrl', 'path'],
  ),
};

const controllers: ElementSyntax[] = [
  {
    kind: 'loop',
    scalar: 'count',
    children: 'steps',
    schema: object({ count: { type: 'integer', minimum: 1, description: 'Times.', examples: [3] } }, [
      'count',
    ]),
  },
  {
    kind: 'if',
    scalar: 'condition',
    children: 'steps',
    schema: object(
      { condition: { type: 'string', literal: true, description: 'When.', examples: ["${a} != ''"] } },
      ['condition'],
    ),
  },
  {
    kind: 'transaction',
    scalar: 'name',
    children: 'steps',
    schema: object({ name: { type: 'string', description: 'Its label.', examples: ['Fix'] } }),
  },
  {
    kind: 'choose',
    children: 'branches',
    schema: object(
      { weight: { type: 'number', exclusiveMinimum: 0, description: 'Weight.', examples: [9] } },
      ['weight'],
    ),
  },
  {
    kind: 'pause',
    scalar: 'duration',
    schema: object({ duration: { type: 'string', unit: 'ms', description: 'How long.', examples: ['1s'] } }, [
      'duration',
    ]),
  },
  {
    kind: 'flow',
    scalar: 'name',
    schema: object(
      {
        name: { type: 'string', literal: true, description: 'Which.', examples: ['triage'] },
        with: {
          type: 'object',
          description: 'Given.',
          examples: [{ id: 1 }],
          additionalProperties: { type: ['string', 'number', 'boolean'] },
        },
      },
      ['name'],
    ),
  },
];

/** A made-up language with one kind of each sort, so that tests of loading know no real sampler. */
export const smallLanguage: Language = {
  samplers: [http],
  controllers,
  timers: [{ kind: 'constant', schema: object({ constant: word }, ['constant']) }],
  processors: [{ kind: 'log', schema: object({ log: word }, ['log']) }],
  data: [{ kind: 'counter', schema: object({ counter: word }, ['counter']) }],
  extractors: [
    {
      kind: 'jsonPath',
      schema: object(
        {
          jsonPath: { type: 'string', literal: true, description: 'The path.', examples: ['$.id'] },
          match: {
            anyOf: [{ type: 'integer', minimum: 0 }, { enum: ['random', 'all'] }],
            literal: true,
            default: 1,
            description: 'Which.',
            examples: ['random'],
          },
        },
        ['jsonPath'],
      ),
    },
    {
      kind: 'header',
      schema: object({ header: { type: 'string', description: 'Its name.', examples: ['Location'] } }, [
        'header',
      ]),
    },
  ],
  assertions: [
    {
      kind: 'status',
      schema: object({
        status: { type: 'integer', minimum: 100, description: 'The code.', examples: [200] },
      }),
    },
    {
      kind: 'duration',
      schema: object({
        duration: {
          description: 'Limits.',
          examples: ['2s'],
          anyOf: [
            { type: 'string', unit: 'ms' },
            object({ below: { type: 'string', unit: 'ms', description: 'The limit.', examples: ['2s'] } }, [
              'below',
            ]),
          ],
        },
      }),
    },
  ],
  listeners: [
    {
      kind: 'jtl-csv',
      scalar: 'file',
      schema: object({ file: { type: 'string', description: 'Where.', examples: ['a.jtl'] } }),
    },
    { kind: 'summary', schema: object({}) },
    { kind: 'json', schema: object({}) },
  ],
  monitors: [
    {
      kind: 'machine',
      scalar: 'interval',
      schema: object({
        interval: { type: 'string', unit: 'ms', description: 'How often.', examples: ['1s'] },
      }),
      measures: () => ({}),
      nameOf: () => 'machine',
    },
  ],
};

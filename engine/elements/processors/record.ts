import { defineProcessor } from '../element.ts';

/**
 * `{ record: data_throughput, value: "${records}" }`: adds a value to a metric that the plan declares.
 *
 * A value that is no number, or not one for the metric's type, is told and not recorded; it fails no sample.
 */
export const record = defineProcessor({
  kind: 'record',
  reads: [],
  example: `
metrics:
  issues_seen: { type: counter, unit: issues }
threadGroups:
  - name: Counted
    steps:
      - get: /healing/issues
        extract: { id: { jsonPath: '$.data.items[*].id', match: all } }
        after:
          - record: issues_seen
            value: \${id_matchNr}
`,
  schema: {
    type: 'object',
    description: 'Adds a value to a metric that the plan declares under metrics:.',
    additionalProperties: false,
    required: ['record', 'value'],
    properties: {
      record: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The name of the metric.',
        examples: ['data_throughput'],
      },
      value: {
        anyOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'string' }],
        description:
          'The value. A counter takes numbers from 0, a gauge any number, a rate 0, 1, true or false, a trend numbers from 0.',
        examples: ['${records}', 1],
      },
      tags: {
        type: 'object',
        literal: true,
        default: {},
        description: 'Tags of the value, besides those of the step it stands at.',
        examples: [{ source: 'orders' }],
        additionalProperties: { type: ['string', 'number', 'boolean'], literal: true },
      },
    },
  },
  records: ({ record: metric, value, tags }) => ({
    metric: String(metric),
    value,
    tags: texts(typeof tags === 'object' && tags !== null ? tags : {}),
  }),
  build(config, { at }, stepTags) {
    // What has no templates is the same object in every call.
    let last: { readonly of: object; readonly tags: Readonly<Record<string, string>> } | null = null;
    return (user) => {
      const { record: metric, value, tags } = config.render(user);
      if (last?.of !== tags) last = { of: tags, tags: { ...stepTags, ...texts(tags) } };
      const mistake = user.recordMetric(metric, value, last.tags);
      if (mistake) user.problem(`${at}: record ${metric}: ${mistake}; it is not recorded`);
    };
  },
});

function texts(tags: object): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
}

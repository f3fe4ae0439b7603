import { checksMetric } from '../../engine/model/metric.ts';
import { defineMonitor } from '../../engine/model/monitor.ts';
import { trendNames } from '../../engine/model/threshold.ts';
import { intervalKey, nameKey } from '../monitor-keys.ts';

/** Names that thresholds know already. */
const builtIn: ReadonlySet<string> = new Set([...trendNames, checksMetric.name]);

/** `promql`: what Prometheus, or anything with its query API, says of a query. */
export const promql = defineMonitor({
  kind: 'promql',
  schema: {
    type: 'object',
    required: ['url', 'query', 'as'],
    additionalProperties: false,
    description:
      'Asks Prometheus, or anything that answers its query API (`/api/v1/query`), and records the answer, which must be one number: a scalar, or a vector of one series. NaN, and no series at all, are no value.',
    properties: {
      url: {
        type: 'string',
        pattern: '^https?://[^\\s/]',
        description: 'Where it answers; `/api/v1/query` is appended.',
        examples: [
          'http://prometheus:9090',
          'https://monitoring.googleapis.com/v1/projects/my-project/location/global/prometheus',
        ],
      },
      query: {
        type: 'string',
        minLength: 1,
        description: 'The query, in PromQL.',
        examples: ['sum(rate(http_requests_total{job="api"}[1m]))'],
      },
      as: {
        type: 'string',
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        maxLength: 128,
        description: 'The metric that the values are recorded into.',
        examples: ['api_requests'],
      },
      type: {
        enum: ['trend', 'gauge'],
        default: 'trend',
        description:
          'A trend is a distribution of values from 0, to a thousandth; a gauge keeps the last, the least and the greatest of any numbers.',
        examples: ['gauge'],
      },
      unit: {
        type: 'string',
        pattern: '^[^\\s<>=!{}()\\d][^\\s<>=!{}()]*$',
        maxLength: 20,
        description:
          'What a value counts. With `ms`, `bytes`, `bytes/s` and `ratio` limits are durations, sizes and percentages.',
        examples: ['bytes', 'ratio', '/s'],
      },
      name: nameKey('it is the metric'),
      headers: {
        type: 'object',
        additionalProperties: { type: 'string' },
        default: {},
        description: 'Sent with each request, such as a token.',
        examples: [{ Authorization: 'Bearer ${__P(prometheus_token)}' }],
      },
      timeout: {
        type: 'string',
        unit: 'ms',
        default: '5s',
        description: 'How long an answer may take, from the request to its end.',
        examples: ['2s'],
      },
      interval: { ...intervalKey, default: '5s' },
    },
  },
  example: `
properties:
  prometheus: { default: 'http://prometheus:9090', description: where Prometheus answers }
threadGroups:
  - name: Readers
    loops: 3
    steps: [{ get: /healing/issues }]
monitors:
  - promql:
      url: \${prometheus}
      query: sum(rate(http_requests_total{job="api"}[1m]))
      as: api_requests
      unit: /s
      interval: 1s
thresholds:
  - avg(api_requests) > 0
`,
  check({ as, url, timeout }) {
    if (builtIn.has(as)) return `as: the metric "${as}" is built in. Choose another name.`;
    if (timeout <= 0) return 'timeout: expected more than 0s: an answer that never comes must end.';
    if (!URL.canParse(url)) return `url: expected an address such as http://prometheus:9090, found "${url}".`;
    const { username, password, search, hash } = new URL(url);
    if (username || password) return 'url: write user and password as a header, Authorization: Basic …';
    return search || hash
      ? 'url: a query or fragment does not belong here; /api/v1/query is appended.'
      : null;
  },
  measures: ({ as, type, unit = '', query }) => ({ [as]: { type, unit, description: query } }),
  nameOf: ({ name, as }) => name ?? as,
  open: async (config) => (await import('./open-promql.ts')).openPromql(config),
});

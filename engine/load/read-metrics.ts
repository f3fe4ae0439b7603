import type { JsonSchema } from '../model/json-schema.ts';
import { checksMetric, metricTypes } from '../model/metric.ts';
import type { PlanMetric } from '../model/plan.ts';
import { trendNames } from '../model/threshold.ts';
import type { Positions } from './positions.ts';
import type { Problems } from './problems.ts';
import type { Source } from './read-sources.ts';
import { isMapping, mappingOrEmpty, quote, type Mapping } from './shapes.ts';

/** Names that thresholds know already. */
const builtIn: ReadonlySet<string> = new Set([
  ...trendNames,
  checksMetric.name,
  'count',
  'rate',
  'error_rate',
]);

export const metricsKey: JsonSchema = {
  type: 'object',
  description: 'What is measured besides samples: record: adds values, thresholds and reports show them.',
  default: {},
  examples: [{ data_throughput: { type: 'counter', unit: 'records' } }],
  propertyNames: {
    type: 'string',
    literal: true,
    pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
    maxLength: 128,
    examples: ['data_throughput', 'healing_time'],
  },
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    required: ['type'],
    properties: {
      type: {
        enum: metricTypes,
        literal: true,
        description:
          'A counter adds up; a gauge keeps the last value, the least and the greatest; a rate is the share of true values; a trend is a distribution.',
        examples: ['counter', 'trend'],
      },
      unit: {
        type: 'string',
        literal: true,
        pattern: '^[^\\s<>=!{}()\\d][^\\s<>=!{}()]*$',
        maxLength: 20,
        description: 'What a value counts. The limits of a trend in ms are durations.',
        examples: ['ms', 'bytes', 'records'],
      },
      description: {
        type: 'string',
        literal: true,
        default: '',
        description: 'For readers.',
        examples: ['Records taken in.'],
      },
    },
  },
};

/** The metrics that the plan and what it includes declare. Two files may agree on one; they must not differ on it. */
export function readMetrics(
  sources: readonly Source[],
  positions: Positions,
  problems: Problems,
): PlanMetric[] {
  const metrics = new Map<string, PlanMetric>();
  for (const { root } of sources) {
    const own = mappingOrEmpty(root['metrics']);
    for (const name of Object.keys(own)) {
      const at = positions.locateKey(own, name);
      const metric = declared(name, own);
      if (!metric || !at) continue;
      const known = metrics.get(name);
      if (builtIn.has(name)) {
        problems.add(at, `the metric ${quote(name)} is built in. Choose another name.`);
      } else if (known && (known.type !== metric.type || known.unit !== metric.unit)) {
        const first = `${known.at.file}:${known.at.line}`;
        problems.add(at, `the metric ${quote(name)} is declared otherwise in ${first}.`);
      } else if (!known) metrics.set(name, { ...metric, at });
    }
  }
  return [...metrics.values()];
}

function declared(name: string, own: Mapping): Omit<PlanMetric, 'at'> | null {
  const raw = own[name];
  if (!isMapping(raw)) return null;
  const type = metricTypes.find((each) => each === raw['type']);
  const { unit, description } = raw;
  return type === undefined
    ? null
    : {
        name,
        type,
        unit: typeof unit === 'string' ? unit : '',
        description: typeof description === 'string' ? description : '',
      };
}

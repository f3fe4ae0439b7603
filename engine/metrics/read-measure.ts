import { didYouMean } from '../model/did-you-mean.ts';
import { UserError } from '../model/errors.ts';
import { foreignMeasure } from './foreign-measures.ts';
import type { Metric } from '../model/metric.ts';
import { trendNames, type Aggregation } from '../model/threshold.ts';
import {
  aggregationsOf,
  aggregationWord,
  timesOfSamples,
  type Measure,
  type MeasuredMetric,
} from './measure.ts';
import type { Scanner } from './scanner.ts';

/** A metric that is like none that is known. Of a plan that could not be read whole, the declaration may be what is missing. */
export class UndeclaredMetric extends UserError {}

const plainAggregations = [
  'avg',
  'min',
  'max',
  'med',
  'sum',
  'count',
  'rate',
  'error_rate',
  'value',
  'ratio',
] as const;
const knownAggregations = [...plainAggregations, 'p95'];

/** What speaks of samples when nothing follows in brackets. */
const ofSamples: ReadonlySet<string> = new Set(['count', 'rate', 'error_rate']);

/** The beginning of a threshold: `p95(elapsed)`, `count(data_throughput)`, `error_rate`. */
export function readMeasure(scanner: Scanner, metrics: readonly Metric[]): Measure {
  const aggregation = readAggregation(scanner);
  const word = aggregationWord(aggregation);
  const fitting = [...timesOfSamples, ...metrics].filter(({ type }) => aggregationsOf[type].includes(word));
  const bracket = scanner.mark();
  if (scanner.take(/\(/y) === null) {
    if (ofSamples.has(word)) return { aggregation, trend: null };
    return scanner.fail(`${typesWith(word)} in brackets${listed(fitting)}${example(word, fitting)}`);
  }
  const start = scanner.mark();
  const name = scanner.expect(/[\w.]+/y, typesWith(word) + listed(fitting));
  const trend = trendNames.find((one) => one === name) ?? null;
  if (word === 'error_rate' || (trend !== null && ofSamples.has(word))) {
    scanner.failAt(bracket, `${word} speaks of samples, not of a trend. Write ${word} or ${word}{name="…"}`);
  }
  const metric = [...timesOfSamples, ...metrics].find((one) => one.name === name);
  if (!metric) {
    const message = `expected ${typesWith(word)}${listed(fitting)}, found "${name}".`;
    return undeclared(scanner, { start, message, name, metrics });
  }
  if (!fitting.includes(metric)) {
    const valid = aggregationsOf[metric.type].map((one) => `${one}(${name})`).join(', ');
    scanner.failAt(start, `${name} is a ${metric.type}, which has no ${word}. It has ${valid}`);
  }
  scanner.expect(/\)/y, '")"');
  if (trend !== null) return { aggregation, trend };
  const { type, unit, needs } = metric;
  return { aggregation, trend, metric: { name, type, unit, ...(needs === undefined ? {} : { needs }) } };
}

function undeclared(
  scanner: Scanner,
  found: {
    readonly start: number;
    readonly message: string;
    readonly name: string;
    readonly metrics: readonly Metric[];
  },
): never {
  const { start, message, name, metrics } = found;
  const near = foreignMeasure(name) || didYouMean(name, [...trendNames, ...metrics.map((one) => one.name)]);
  if (near) scanner.failAt(start, message + near);
  throw new UndeclaredMetric(
    scanner.messageAt(start, `${message} Metrics of your own are declared under metrics:.`),
  );
}

function readAggregation(scanner: Scanner): Aggregation {
  const start = scanner.mark();
  const word = scanner.expect(/[A-Za-z_][\w.]*/y, `one of ${knownAggregations.join(', ')}`);
  const plain = plainAggregations.find((name) => name === word);
  if (plain) return { kind: plain };
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(word)?.[1];
  if (percent === undefined) {
    const remedy = foreignMeasure(word) || didYouMean(word, [...knownAggregations, 'scalability', 'paired']);
    return scanner.failAt(
      start,
      `expected one of ${knownAggregations.join(', ')}, found "${word}".${remedy}`,
    );
  }
  if (Number(percent) > 0 && Number(percent) <= 100) return { kind: 'percentile', percent: Number(percent) };
  return scanner.failAt(start, `expected a percentile above 0 and up to 100, found "${word}"`);
}

/** `a trend or gauge`: what has such an aggregation. */
function typesWith(word: string): string {
  const types = Object.entries(aggregationsOf).filter(([, words]) => words.includes(word));
  return `a ${types.map(([type]) => type).join(' or ')}`;
}

function example(word: string, [first]: readonly MeasuredMetric[]): string {
  return first ? `, such as ${word}(${first.name})` : '';
}

function listed(metrics: readonly MeasuredMetric[]): string {
  return metrics.length === 0 ? '' : ` (${metrics.map(({ name }) => name).join(', ')})`;
}

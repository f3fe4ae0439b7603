import { didYouMean } from '../model/did-you-mean.ts';
import type { Axis } from '../model/axis.ts';
import type { Metric } from '../model/metric.ts';
import { trendNames, type Threshold } from '../model/threshold.ts';
import type { Measure } from './measure.ts';
import { readMeasure, UndeclaredMetric } from './read-measure.ts';
import { readSelector } from './read-selector.ts';
import type { Scanner } from './scanner.ts';

/** What a threshold may speak of besides the times of samples. */
export interface KnownNames {
  readonly metrics: readonly Metric[];
  readonly axes: readonly Axis[];
}

/** What stands before the operator. */
export type Rule = Measure & Pick<Threshold, 'selector' | 'relation'>;

/** A measure of samples, or what is made of several: a ratio, a ratio of pairs, scalability. */
export function readRule(scanner: Scanner, known: KnownNames): Rule {
  if (scanner.take(/paired\b/y) !== null) return readPaired(scanner);
  if (scanner.take(/ratio\s+of\b/y) !== null) {
    const measure = readMeasure(scanner, known.metrics);
    return { ...measure, ...readSides(scanner, 'ratio') };
  }
  if (scanner.take(/scalability\b/y) !== null) return readScalability(scanner, known);
  return { ...readMeasure(scanner, known.metrics), selector: readSelector(scanner) };
}

/** `paired ratio of elapsed{technique=optimised} to {technique=original}`. */
function readPaired(scanner: Scanner): Rule {
  scanner.expect(/ratio\s+of\b/y, '"ratio of": paired ratio of elapsed{…} to {…}');
  const expected = `a trend (${trendNames.join(', ')}): pairs are of the times themselves`;
  const start = scanner.mark();
  const word = scanner.expect(/[\w.]+/y, expected);
  const trend = trendNames.find((one) => one === word);
  if (trend === undefined)
    return scanner.failAt(start, `expected ${expected}, found "${word}".${didYouMean(word, trendNames)}`);
  return { aggregation: { kind: 'avg' }, trend, ...readSides(scanner, 'paired') };
}

function readSides(scanner: Scanner, kind: 'ratio' | 'paired'): Pick<Rule, 'selector' | 'relation'> {
  const selector = readSelector(scanner);
  scanner.expect(
    /to\b/y,
    '"to" and the selector of what it is compared with, such as to {technique=original}',
  );
  const start = scanner.mark();
  const to = readSelector(scanner);
  if (JSON.stringify(sorted(selector)) === JSON.stringify(sorted(to)))
    scanner.failAt(start, 'both sides of the ratio are the same samples');
  return { selector, relation: { kind, to } };
}

function sorted(selector: Rule['selector']): unknown {
  return Object.entries(selector).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `scalability(p50(elapsed), size){component=ingestion}`. */
function readScalability(scanner: Scanner, { metrics, axes }: KnownNames): Rule {
  scanner.expect(/\(/y, '"(", a measure and an axis: scalability(p50(elapsed), size)');
  const start = scanner.mark();
  const measure = readMeasure(scanner, metrics);
  if (measure.trend === null && measure.metric?.type !== 'trend')
    scanner.failAt(start, 'scalability is of times or of a metric of the type trend, such as p50(elapsed)');
  scanner.expect(/,/y, '"," and the axis of a matrix, such as size');
  const { name, values } = readAxis(scanner, axes);
  scanner.expect(/\)/y, '")"');
  const place = scanner.mark();
  const selector = readSelector(scanner);
  if (Object.hasOwn(selector, name))
    scanner.failAt(place, `scalability goes along "${name}": the selector must not choose a value of it`);
  return { ...measure, selector, relation: { kind: 'scalability', axis: name, values } };
}

function readAxis(scanner: Scanner, axes: readonly Axis[]): Axis {
  const start = scanner.mark();
  const name = scanner.expect(/[\w-]+/y, 'the name of an axis');
  const names = axes.map((axis) => axis.name);
  const axis = axes.find((one) => one.name === name);
  if (!axis) {
    const known = names.length > 0 ? ` Known: ${names.join(', ')}.` : ' The plan has no matrix.';
    const message = `no matrix has an axis "${name}".${didYouMean(name, names) || known}`;
    throw new UndeclaredMetric(scanner.messageAt(start, message));
  }
  const silent = axis.values.find(({ magnitude }) => magnitude === null);
  if (silent)
    scanner.failAt(
      start,
      `the axis "${name}" has no magnitudes (how large is "${silent.name}"?). Write them in the matrix: ${name}: { ${silent.name}: 1000, … }`,
    );
  return axis;
}

import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import { checksMetric } from '../model/metric.ts';
import type { MetricCarrier, Selector, SeriesCarrier, Threshold } from '../model/threshold.ts';
import { selects } from './selector.ts';

/** A threshold that nothing in the plan can answer is a mistake: without data it could only fail. */
export function checkThreshold(
  threshold: Threshold,
  carriers: readonly SeriesCarrier[],
  metricCarriers: readonly MetricCarrier[] = [],
): Problem[] {
  const { text, at, metric, relation } = threshold;
  const check = (selector: Selector) =>
    metric ? checkMetric({ selector }, metric, metricCarriers) : checkSamples({ selector }, carriers);
  const sides = [threshold.selector, ...(relation && 'to' in relation ? [relation.to] : [])];
  const messages = sides.flatMap(check);
  if (messages.length === 0 && relation?.kind === 'paired') messages.push(...checkPairs(sides, carriers));
  if (messages.length === 0 && relation?.kind === 'scalability') {
    const found = relation.values.filter(
      ({ name }) => check({ ...threshold.selector, [relation.axis]: name }).length === 0,
    );
    if (found.length < 2) messages.push(fewSizes(relation.axis, found.length));
  }
  return messages.map((message) => ({ at, message: `threshold "${text}": ${message}` }));
}

/** The threshold with those values of its axis that something carries; the same when it goes along none. */
export function narrowed(
  threshold: Threshold,
  carriers: readonly SeriesCarrier[],
  metricCarriers: readonly MetricCarrier[],
): Threshold {
  const { relation, selector } = threshold;
  if (relation?.kind !== 'scalability') return threshold;
  const values = relation.values.filter(({ name }) => {
    const { relation: along, ...plain } = { ...threshold, selector: { ...selector, [relation.axis]: name } };
    return along !== undefined && checkThreshold(plain, carriers, metricCarriers).length === 0;
  });
  return { ...threshold, relation: { ...relation, values } };
}

function fewSizes(axis: string, count: number): string {
  return `scalability needs at least two values of "${axis}", and what is selected has ${count === 0 ? 'none' : 'one'}.`;
}

/** Pairs are made in the rounds of a matrix: both sides must be in some. */
function checkPairs(sides: readonly Selector[], carriers: readonly SeriesCarrier[]): string[] {
  const isPaired = sides.every((selector) =>
    carriers.some(
      ({ label, tags, kind = 'sample', inRounds, aside }) =>
        inRounds === true &&
        !aside &&
        selects(selector, { label: label ?? selector['name'] ?? '', tags, kind }),
    ),
  );
  return isPaired
    ? []
    : ['pairs are made in the rounds of a matrix (order: rounds or random), and these samples are in none.'];
}

function checkSamples(
  { selector }: Pick<Threshold, 'selector'>,
  carriers: readonly SeriesCarrier[],
): string[] {
  const wanted = Object.entries(selector);
  const fits = (carrier: SeriesCarrier) => wanted.every(([key, value]) => carries(carrier, key, value));
  const measured = carriers.filter((carrier) => carrier.aside !== true);
  const heard = measured.filter(
    ({ kind, partOf }) => partOf === undefined && (kind !== 'transaction' || selector.name !== undefined),
  );
  if (wanted.length === 0 || heard.some(fits)) return [];
  if (carriers.some((carrier) => carrier.aside && carrier.label !== null && fits(carrier))) {
    return [onlyBeside];
  }
  const part = measured.find((carrier) => carrier.partOf !== undefined && fits(carrier));
  if (part) return [partOfTransaction(part)];
  const unmatched = wanted.filter(([key, value]) => !heard.some((carrier) => carries(carrier, key, value)));
  const messages = unmatched.map(([key, value]) =>
    key === 'name' ? unknownLabel(value, heard) : unknownTag(key, value, heard),
  );
  if (messages.length === 0)
    messages.push('each part of the selector fits some sample, but no sample fits them all');
  return messages;
}

const onlyBeside =
  'what it selects is only in set-up, tear-down or clean-up, which is not counted. The setUp and tearDown of a thread group are with measure: true.';

/** Its samples are rows of parts, which are not counted: only the transaction's own is. */
function partOfTransaction({ label, partOf }: SeriesCarrier): string {
  const what = label === null ? 'such samples are' : `"${label}" is`;
  const remedy = typeof partOf === 'string' ? ` Write {name="${partOf}"}.` : '';
  return `${what} part of a transaction with parent: true, which alone is counted.${remedy}`;
}

function checkMetric(
  { selector }: Pick<Threshold, 'selector'>,
  { name, needs }: NonNullable<Threshold['metric']>,
  carriers: readonly MetricCarrier[],
): string[] {
  const all = carriers.filter(({ metric }) => metric === name);
  const own = all.filter(({ aside }) => !aside);
  if (own.length === 0) {
    const remedy = needs === undefined ? '' : ` It is measured by steps with "${needs}".`;
    return [nothingRecords(name, all.length > 0) + remedy];
  }
  const wanted = Object.entries(selector);
  if (own.some((one) => wanted.every(([key, value]) => measures(one, key, value)))) return [];
  const messages = wanted
    .filter(([key, value]) => !own.some((one) => measures(one, key, value)))
    .map(([key, value]) => unknownValue(name, own, key, value));
  return messages.length > 0
    ? messages
    : [`each part of the selector fits some value of ${name}, but no value fits them all`];
}

/** `aside`: something does, where values are not counted. */
function nothingRecords(name: string, aside: boolean): string {
  const isChecks = name === checksMetric.name;
  if (aside) {
    const what = isChecks ? 'checks stand' : `${name} is recorded`;
    return `${what} only in clean-up, in set-up or in tear-down, which is not counted. The setUp and tearDown of a thread group are with measure: true.`;
  }
  return isChecks ? 'the plan has no check.' : `nothing in the plan records ${name}.`;
}

function carries({ label, tags }: SeriesCarrier, key: string, value: string): boolean {
  return key === 'name' ? label === null || label === value : tags[key] === value;
}

function measures({ label, tags }: MetricCarrier, key: string, value: string): boolean {
  return key === 'name' && label !== undefined ? label === null || label === value : tags[key] === value;
}

function unknownValue(metric: string, own: readonly MetricCarrier[], key: string, value: string): string {
  const labels = own.flatMap(({ label }) => label ?? []);
  if (key !== 'name' || labels.length === 0) return unknownTag(key, value, own, `no value of ${metric}`);
  return `no step that measures ${metric} is called "${value}".${didYouMean(value, labels) || list('Known', labels)}`;
}

function unknownLabel(label: string, carriers: readonly SeriesCarrier[]): string {
  const known = carriers.flatMap((carrier) => carrier.label ?? []);
  return `no step is called "${label}".${didYouMean(label, known) || list('Known', known)}`;
}

function unknownTag(
  key: string,
  value: string,
  carriers: readonly Pick<SeriesCarrier, 'tags'>[],
  nobody = 'no step',
): string {
  const values = carriers.flatMap(({ tags }) => tags[key] ?? []);
  if (values.length > 0) {
    return `${nobody} has the tag ${key}=${value}.${didYouMean(value, values) || list(`Known values of ${key}`, values)}`;
  }
  const keys = [
    ...(nobody === 'no step' ? ['name'] : []),
    ...carriers.flatMap(({ tags }) => Object.keys(tags)),
  ];
  return `${nobody} has a tag "${key}".${didYouMean(key, keys) || list('Known', keys)}`;
}

const listed = 10;

function list(what: string, words: readonly string[]): string {
  const unique = [...new Set(words)];
  if (unique.length === 0) return '';
  const more = unique.length > listed ? ` and ${unique.length - listed} more` : '';
  return ` ${what}: ${unique.slice(0, listed).join(', ')}${more}.`;
}

import { didYouMean } from '../model/did-you-mean.ts';
import { UserError, type Position, type Problem } from '../model/errors.ts';
import {
  trendNames,
  type Aggregation,
  type Selector,
  type Threshold,
  type TrendName,
} from '../model/threshold.ts';
import { Scanner } from './scanner.ts';
import { readLimit, unitOf } from './threshold-limit.ts';

/**
 * Thresholds as authors write them: `p95(elapsed){endpoint=issues, name="Log in"} < 500ms`.
 *
 *     threshold = measure [ selector ] operator limit
 *     measure   = ( "avg" | "min" | "max" | "med" | "p" number ) "(" trend ")"
 *               | "count" | "rate" | "error_rate"
 *     trend     = "elapsed" | "latency" | "connect" | "response" | "lateness"
 *     selector  = "{" pair { "," pair } "}"
 *     pair      = key "=" ( word | quoted )          key `name` is the label, any other a tag
 *     operator  = "<" | "<=" | ">" | ">=" | "==" | "!="
 *     limit     = duration (of a trend) | whole number (count) | rate (rate) | ratio (error_rate)
 *
 * ` over 30s`, ` abort` and ` of baseline` behind the limit are known words of a later version.
 */
export type ParsedThreshold =
  { readonly ok: true; readonly threshold: Threshold } | { readonly ok: false; readonly problem: Problem };

/** `at` is where the text stands in its file; problems name it, and the column inside the text. */
export function parseThreshold(text: string, at: Position): ParsedThreshold {
  try {
    return { ok: true, threshold: readThreshold(new Scanner(text), at) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ok: false, problem: { at, message: error.message } };
  }
}

/** The trends that must be recorded besides `elapsed` for these thresholds to be judged. */
export function trendsOf(thresholds: readonly Threshold[]): TrendName[] {
  const wanted = new Set(thresholds.map(({ trend }) => trend));
  return trendNames.filter((name) => name !== 'elapsed' && wanted.has(name));
}

function readThreshold(scanner: Scanner, at: Position): Threshold {
  const aggregation = readAggregation(scanner);
  const bracket = scanner.mark();
  const trend = unitOf(aggregation) === 'ms' ? readTrend(scanner) : null;
  if (trend === null && scanner.take(/\(/y) !== null) {
    const { kind } = aggregation;
    scanner.failAt(bracket, `${kind} speaks of samples, not of a trend. Write ${kind} or ${kind}{name="…"}`);
  }
  const selector = readSelector(scanner);
  const operator = readOperator(scanner);
  const limit = readLimit(scanner, aggregation);
  return { text: scanner.text, at, aggregation, trend, selector, operator, limit };
}

const plainAggregations = ['avg', 'min', 'max', 'med', 'count', 'rate', 'error_rate'] as const;
const knownAggregations = [...plainAggregations, 'p95'];

function readAggregation(scanner: Scanner): Aggregation {
  const start = scanner.mark();
  const word = scanner.expect(/[A-Za-z_][\w.]*/y, `one of ${knownAggregations.join(', ')}`);
  const plain = plainAggregations.find((name) => name === word);
  if (plain) return { kind: plain };
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(word)?.[1];
  if (percent === undefined) {
    const remedy =
      word === 'p' ? ' A percentile is written p95(elapsed).' : didYouMean(word, knownAggregations);
    return scanner.failAt(
      start,
      `expected one of ${knownAggregations.join(', ')}, found "${word}".${remedy}`,
    );
  }
  if (Number(percent) > 0 && Number(percent) <= 100) return { kind: 'percentile', percent: Number(percent) };
  return scanner.failAt(start, `expected a percentile above 0 and up to 100, found "${word}"`);
}

function readTrend(scanner: Scanner): TrendName {
  const known = trendNames.join(', ');
  scanner.expect(/\(/y, `a trend in brackets (${known})`);
  const start = scanner.mark();
  const word = scanner.expect(/[\w.]+/y, `a trend (${known})`);
  const trend = trendNames.find((name) => name === word);
  if (!trend) {
    return scanner.failAt(
      start,
      `expected a trend (${known}), found "${word}".${didYouMean(word, trendNames)}`,
    );
  }
  scanner.expect(/\)/y, '")"');
  return trend;
}

function readSelector(scanner: Scanner): Selector {
  const pairs = new Map<string, string>();
  if (scanner.take(/\{/y) === null) return {};
  do {
    const start = scanner.mark();
    const key = scanner.expect(/[\w.-]+/y, '`key=value`');
    scanner.expect(/=/y, '"=" and a value');
    if (pairs.has(key)) scanner.failAt(start, `"${key}" stands twice; a sample has one value of it`);
    pairs.set(key, readValue(scanner));
  } while (scanner.take(/,/y) !== null);
  scanner.expect(/\}/y, '"," or "}" (a value with spaces needs quotes)');
  return Object.fromEntries(pairs);
}

function readValue(scanner: Scanner): string {
  const quoted = scanner.take(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y);
  if (quoted !== null) return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
  return scanner.expect(/[^\s,{}"'=]+/y, 'a value, such as issues or "Log in"');
}

const operators = ['<=', '>=', '==', '!=', '<', '>'] as const;

function readOperator(scanner: Scanner): Threshold['operator'] {
  const found = scanner.expect(/[<>]=?|[=!]=/y, `an operator (${operators.join(' ')})`);
  return operators.find((operator) => operator === found) ?? scanner.fail('an operator');
}

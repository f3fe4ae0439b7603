import { UserError, type Position, type Problem } from '../model/errors.ts';
import type { Metric } from '../model/metric.ts';
import { trendNames, type Selector, type Threshold, type TrendName } from '../model/threshold.ts';
import { readMeasure, UndeclaredMetric } from './read-measure.ts';
import { Scanner } from './scanner.ts';
import { readLimit } from './threshold-limit.ts';

/**
 * Thresholds as authors write them: `p95(elapsed){endpoint=issues, name="Log in"} < 500ms`.
 *
 *     threshold = measure [ selector ] operator limit
 *     measure   = ( "avg" | "min" | "max" | "med" | "p" number ) "(" trend ")"
 *               | "count" | "rate" | "error_rate"
 *               | ( "count" | "rate" ) "(" counter ")" | ( "value" | "min" | "max" ) "(" gauge ")"
 *               | "ratio" "(" rate ")"
 *     trend     = "elapsed" | "latency" | "connect" | "response" | "lateness" | a declared one
 *     selector  = "{" pair { "," pair } "}"
 *     pair      = key "=" ( word | quoted )          key `name` is the label, any other a tag
 *     operator  = "<" | "<=" | ">" | ">=" | "==" | "!="
 *     limit     = duration (what is in ms) | whole number (count) | rate (rate) | ratio (error_rate, ratio)
 *               | ratio (metrics of unit `ratio`) | size such as 500MB (of `bytes`), 10MB/s (of `bytes/s`)
 *               | number [ unit ] (other metrics)
 *
 * Of a counter `count` is the sum of its values and `rate` the sum per second; `ratio` is the share of a rate's
 * values that are true.
 * ` over 30s`, ` abort` and ` of baseline` behind the limit are known words of a later version.
 */
export type ParsedThreshold =
  | { readonly ok: true; readonly threshold: Threshold }
  /** `undeclared`: it speaks of a metric that is not among those given, nor like one. */
  | { readonly ok: false; readonly problem: Problem; readonly undeclared: boolean };

/**
 * `at` is where the text stands in its file; problems name it, and the column inside the text. `metrics` are those
 * that the plan may speak of besides the times of samples.
 */
export function parseThreshold(text: string, at: Position, metrics: readonly Metric[] = []): ParsedThreshold {
  try {
    return { ok: true, threshold: readThreshold(new Scanner(text), at, metrics) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      ok: false,
      problem: { at, message: error.message },
      undeclared: error instanceof UndeclaredMetric,
    };
  }
}

/** The trends that must be recorded besides `elapsed` for these thresholds to be judged. */
export function trendsOf(thresholds: readonly Threshold[]): TrendName[] {
  const wanted = new Set(thresholds.map(({ trend }) => trend));
  return trendNames.filter((name) => name !== 'elapsed' && wanted.has(name));
}

function readThreshold(scanner: Scanner, at: Position, metrics: readonly Metric[]): Threshold {
  const measure = readMeasure(scanner, metrics);
  const selector = readSelector(scanner);
  const operator = readOperator(scanner);
  const limit = readLimit(scanner, measure);
  return { text: scanner.text, at, ...measure, selector, operator, limit };
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

import { UserError, type Position, type Problem } from '../model/errors.ts';
import type { Axis } from '../model/axis.ts';
import type { Metric } from '../model/metric.ts';
import type { PairSpec } from '../model/sweep.ts';
import { trendNames, type Threshold, type TrendName } from '../model/threshold.ts';
import { UndeclaredMetric } from './read-measure.ts';
import { readRule, type KnownNames } from './read-rule.ts';
import { Scanner } from './scanner.ts';
import { readLimit } from './threshold-limit.ts';

/**
 * Thresholds as authors write them: `p95(elapsed){endpoint=issues, name="Log in"} < 500ms`.
 *
 *     threshold = rule operator limit
 *     rule      = measure [ selector ]
 *               | "ratio" "of" measure [ selector ] "to" selector
 *               | "paired" "ratio" "of" trend [ selector ] "to" selector
 *               | "scalability" "(" measure "," axis ")" [ selector ]
 *     measure   = ( "avg" | "min" | "max" | "med" | "sum" | "p" number ) "(" trend ")"
 *               | "count" | "rate" | "error_rate"
 *               | ( "count" | "sum" | "rate" ) "(" counter ")" | ( "value" | "min" | "max" ) "(" gauge ")"
 *               | "ratio" "(" rate ")"
 *     trend     = "elapsed" | "latency" | "connect" | "response" | "lateness" | a declared one
 *     selector  = "{" pair { "," pair } "}"
 *     pair      = key "=" ( word | quoted )          key `name` is the label, any other a tag
 *     operator  = "<" | "<=" | ">" | ">=" | "==" | "!="
 *     limit     = duration (what is in ms) | whole number (count) | rate (rate) | ratio (error_rate, ratio)
 *               | ratio (metrics of unit `ratio`) | size such as 500MB (of `bytes`), 10MB/s (of `bytes/s`)
 *               | number [ unit ] (other metrics) | percentage or factor (rules with a ratio or scalability)
 *
 * Of a counter `count` and `sum` are the sum of its values and `rate` the sum per second; `ratio` is the share of a rate's
 * values that are true.
 * ` over 30s`, ` abort` and ` of baseline` behind the limit are known words of a later version.
 */
export type ParsedThreshold =
  | { readonly ok: true; readonly threshold: Threshold }
  /** `undeclared`: it speaks of a metric that is not among those given, nor like one. */
  | { readonly ok: false; readonly problem: Problem; readonly undeclared: boolean };

/**
 * `at` is where the text stands in its file; problems name it, and the column inside the text. `metrics` are those
 * that the plan may speak of besides the times of samples, `axes` those of its matrices.
 */
export function parseThreshold(
  text: string,
  at: Position,
  metrics: readonly Metric[] = [],
  axes: readonly Axis[] = [],
): ParsedThreshold {
  try {
    return { ok: true, threshold: readThreshold(new Scanner(text), at, { metrics, axes }) };
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

function readThreshold(scanner: Scanner, at: Position, known: KnownNames): Threshold {
  const rule = readRule(scanner, known);
  const start = scanner.mark();
  const operator = readOperator(scanner);
  if (rule.relation?.kind === 'paired' && (operator === '==' || operator === '!='))
    scanner.failAt(start, `a paired ratio lies in an interval: expected <, <=, > or >=, found "${operator}"`);
  const limit = readLimit(scanner, rule);
  return { text: scanner.text, at, ...rule, operator, limit };
}

/** What is to be compared in the rounds of matrices for these thresholds to be judged. */
export function pairsOf(thresholds: readonly Threshold[]): PairSpec[] {
  const specs = thresholds.flatMap(({ text, trend, selector, relation }): PairSpec[] =>
    relation?.kind === 'paired' && trend !== null ? [{ text, trend, of: selector, to: relation.to }] : [],
  );
  return [...new Map(specs.map((spec) => [spec.text, spec])).values()];
}

const operators = ['<=', '>=', '==', '!=', '<', '>'] as const;

function readOperator(scanner: Scanner): Threshold['operator'] {
  const found = scanner.expect(/[<>]=?|[=!]=/y, `an operator (${operators.join(' ')})`);
  return operators.find((operator) => operator === found) ?? scanner.fail('an operator');
}

import { exactly } from './exact.ts';
import { aggregate, argument } from './function-rule.ts';
import type { FunctionRule } from './function-rule.ts';

const arrayAgg: FunctionRule = {
  least: 1,
  most: 1,
  isAggregate: true,
  write: (call) => {
    const value = argument(call, 0);
    const filter = call.nulls === 'IGNORE' ? ` FILTER (${value} IS NOT NULL)` : '';
    const all = `array_agg(${call.isDistinct ? 'DISTINCT ' : ''}${value}${call.order})${filter}`;
    return call.limit === undefined ? all : `(${all})[1:${call.limit}]`;
  },
};

/** Exact here, where BigQuery's is an estimate: n + 1 values, from the least to the greatest. */
const approxQuantiles: FunctionRule = {
  least: 2,
  most: 2,
  isAggregate: true,
  write: (call, cursor) => {
    const pieces = call.args[1]?.number;
    if (pieces === undefined || pieces < 1 || pieces > 10_000) {
      throw cursor.unsupported('APPROX_QUANTILES with anything but a number of 1 to 10000', call.token);
    }
    const points = Array.from({ length: pieces + 1 }, (_, index) => `${index / pieces}e0`);
    return `quantile_disc(${call.isDistinct ? 'DISTINCT ' : ''}${argument(call, 0)}, [${points.join(', ')}])`;
  },
};

function percentile(name: string): FunctionRule {
  return {
    least: 2,
    most: 2,
    isAggregate: true,
    write: (call, cursor) => {
      if (!cursor.is('OVER')) throw cursor.wrong(`${call.token.text} needs OVER`, call.token);
      return `${name}(${argument(call, 0)}, ${argument(call, 1)})`;
    },
  };
}

const sum = aggregate('sum');
const count = aggregate('count');

/** Aggregates and analytic functions. */
export const aggregates: Readonly<Record<string, FunctionRule>> = {
  COUNT: count,
  COUNTIF: aggregate('count_if'),
  SUM: { ...sum, writeExactOver: (call, over, cursor) => exactly('total', sum.write(call, cursor) + over) },
  AVG: {
    ...aggregate('avg'),
    writeExactOver: (call, over, cursor) =>
      exactly('average', sum.write(call, cursor) + over, count.write(call, cursor) + over),
  },
  MIN: aggregate('min'),
  MAX: aggregate('max'),
  ANY_VALUE: aggregate('any_value'),
  ARRAY_AGG: arrayAgg,
  STRING_AGG: {
    ...aggregate('string_agg', 1, 2),
    write: (call, cursor) => {
      const separator = call.args.length === 2 ? argument(call, 1) : `','`;
      const args = [{ sql: argument(call, 0) }, { sql: separator }];
      return aggregate('string_agg', 2).write({ ...call, args }, cursor);
    },
  },
  LOGICAL_AND: aggregate('bool_and'),
  LOGICAL_OR: aggregate('bool_or'),
  BIT_AND: aggregate('bit_and'),
  BIT_OR: aggregate('bit_or'),
  BIT_XOR: aggregate('bit_xor'),
  STDDEV: aggregate('stddev_samp'),
  STDDEV_SAMP: aggregate('stddev_samp'),
  STDDEV_POP: aggregate('stddev_pop'),
  VARIANCE: aggregate('var_samp'),
  VAR_SAMP: aggregate('var_samp'),
  VAR_POP: aggregate('var_pop'),
  CORR: aggregate('corr', 2),
  COVAR_POP: aggregate('covar_pop', 2),
  COVAR_SAMP: aggregate('covar_samp', 2),
  APPROX_COUNT_DISTINCT: aggregate('approx_count_distinct'),
  APPROX_QUANTILES: approxQuantiles,
  APPROX_TOP_COUNT: aggregate('bq_top_count', 2),
  ROW_NUMBER: aggregate('row_number', 0),
  RANK: aggregate('rank', 0),
  DENSE_RANK: aggregate('dense_rank', 0),
  PERCENT_RANK: aggregate('percent_rank', 0),
  CUME_DIST: aggregate('cume_dist', 0),
  NTILE: aggregate('ntile', 1),
  LAG: aggregate('lag', 1, 3),
  LEAD: aggregate('lead', 1, 3),
  FIRST_VALUE: aggregate('first_value'),
  LAST_VALUE: aggregate('last_value'),
  NTH_VALUE: aggregate('nth_value', 2),
  PERCENTILE_CONT: percentile('quantile_cont'),
  PERCENTILE_DISC: percentile('quantile_disc'),
};

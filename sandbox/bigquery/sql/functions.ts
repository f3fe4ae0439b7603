import { aggregates } from './aggregates.ts';
import { dateFunctions } from './date-functions.ts';
import { exactly } from './exact.ts';
import { argument, exact, own, same } from './function-rule.ts';
import type { Call, FunctionRule } from './function-rule.ts';
import { jsonFunctions } from './json-functions.ts';
import { textFunctions } from './text-functions.ts';

/** A number with a point, as BigQuery's rounding gives it: NUMERIC of a NUMERIC. */
function rounded(name: string): FunctionRule {
  const digits = (call: Call) => (call.args.length === 2 ? `, CAST(${argument(call, 1)} AS INTEGER)` : '');
  const most = name === 'round' || name === 'trunc' ? 2 : 1;
  return {
    ...own(1, most, (call) => `${name}(CAST(${argument(call, 0)} AS DOUBLE)${digits(call)})`),
    writeExact: (call) =>
      call.args.length === 1
        ? exactly(name, argument(call, 0))
        : exactly('rounded', `${name}(${argument(call, 0)}${digits(call)})`),
  };
}

function logarithm(): FunctionRule {
  return {
    ...own(1, 2, (call) =>
      call.args.length === 1
        ? `ln(${argument(call, 0)})`
        : `(ln(${argument(call, 0)}) / ln(${argument(call, 1)}))`,
    ),
    writeExact: (call) =>
      call.args.length === 1
        ? exactly('ln', argument(call, 0))
        : exactly('quotient', exactly('ln', argument(call, 0)), exactly('ln', argument(call, 1))),
  };
}

const mathematics: Readonly<Record<string, FunctionRule>> = {
  ABS: same('abs', 1),
  ROUND: rounded('round'),
  TRUNC: rounded('trunc'),
  CEIL: rounded('ceil'),
  CEILING: rounded('ceil'),
  FLOOR: rounded('floor'),
  SQRT: exact(same('sqrt', 1), 'sqrt'),
  POW: exact(same('pow', 2), 'pow'),
  POWER: exact(same('pow', 2), 'pow'),
  EXP: exact(same('exp', 1), 'exp'),
  LN: exact(same('ln', 1), 'ln'),
  LOG: logarithm(),
  LOG10: exact(same('log10', 1), 'log10'),
  SIN: same('sin', 1),
  COS: same('cos', 1),
  TAN: same('tan', 1),
  ATAN: same('atan', 1),
  DIV: exact(same('bq_div', 2), 'div'),
  MOD: exact(same('bq_mod', 2), 'mod'),
  SAFE_DIVIDE: exact(same('bq_safe_divide', 2), 'safe_divide'),
  IS_NAN: same('isnan', 1),
  IS_INF: same('isinf', 1),
  GREATEST: own(1, 100, (call) => `bq_greatest([${call.args.map(({ sql }) => sql).join(', ')}])`),
  LEAST: own(1, 100, (call) => `bq_least([${call.args.map(({ sql }) => sql).join(', ')}])`),
  RAND: { least: 0, most: 0, isVolatile: true, write: () => 'random()' },
  GENERATE_UUID: { least: 0, most: 0, isVolatile: true, write: () => 'CAST(uuid() AS VARCHAR)' },
};

const choices: Readonly<Record<string, FunctionRule>> = {
  IF: own(
    3,
    3,
    (call) => `CASE WHEN ${argument(call, 0)} THEN ${argument(call, 1)} ELSE ${argument(call, 2)} END`,
  ),
  IFNULL: same('ifnull', 2),
  NULLIF: same('nullif', 2),
  COALESCE: same('coalesce', 1, 100),
  ERROR: same('error', 1),
};

const arrays: Readonly<Record<string, FunctionRule>> = {
  ARRAY_LENGTH: same('len', 1),
  ARRAY_REVERSE: same('list_reverse', 1),
  ARRAY_CONCAT: own(1, 100, ({ args }) =>
    args.map(({ sql }) => sql).reduce((all, next) => `bq_concat_arrays(${all}, ${next})`),
  ),
  ARRAY_TO_STRING: same('array_to_string', 2),
  GENERATE_ARRAY: same('generate_series', 2, 3),
  GENERATE_DATE_ARRAY: own(2, 3, (call) => {
    const step = call.args.length === 3 ? argument(call, 2) : 'INTERVAL 1 DAY';
    return `CAST(generate_series(${argument(call, 0)}, ${argument(call, 1)}, ${step}) AS DATE[])`;
  }),
};

/** The functions of GoogleSQL that the sandbox knows. */
export const functions: Readonly<Record<string, FunctionRule>> = {
  ...mathematics,
  ...choices,
  ...arrays,
  ...textFunctions,
  ...jsonFunctions,
  ...dateFunctions,
  ...aggregates,
};

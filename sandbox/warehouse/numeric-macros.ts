/**
 * NUMERIC: DuckDB's DECIMAL(38,9), which holds the same values. Macros with a variant for each type do what DuckDB does
 * otherwise: its products grow digits, and its quotients and means are FLOAT64. DuckDB does not choose the right variant for
 * an aggregate, so that they are called by way of `exactly` in sql/exact.ts.
 *
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
 */
export const numeric = 'DECIMAL(38,9)';

const unit = 1_000_000_000;
const most = '99999999999999999999999999999.999999999';

type Variants = Readonly<Record<string, string>>;

/** Whole numbers, FLOAT64, and whatever else there may be. */
const otherTypes = ['BIGINT', 'HUGEINT', 'DOUBLE', ''];

/** For a NUMERIC this, for other types that. */
function variants(exact: string, other: string): Variants {
  return { [numeric]: exact, ...Object.fromEntries(otherTypes.map((type) => [type, other])) };
}

/** A macro with a body for each type of its parameters; the type '' is any. A parameter may have one type for all. */
function macro(name: string, parameters: string, bodies: Variants): string {
  const list = Object.entries(bodies).map(([type, body]) => {
    const typed = parameters.split(', ').map((one) => (one.includes(' ') ? one : `${one} ${type}`.trim()));
    return `(${typed.join(', ')}) AS ${body}`;
  });
  return `CREATE MACRO bq_exact_${name}${list.join(', ')}`;
}

function plain(name: string, parameters: string, body: string): string {
  return `CREATE MACRO bq_${name}(${parameters}) AS ${body}`;
}

/** Each argument once: an expression within an expression is not written out again and again. */
function once(parts: string, body: string): string {
  return `list_transform([{${parts}}], lambda u: ${body})[1]`;
}

const asNumeric = (x: string) => `CAST(${x} AS ${numeric})`;
const asDouble = (x: string) => `CAST(${x} AS DOUBLE)`;

const bothUnits = `'a': bq_units(a), 'b': bq_units(b)`;
const [wholeA, wholeB] = [`(u.a // ${unit})`, `(u.b // ${unit})`];
const [restA, restB] = [`(u.a % ${unit})`, `(u.b % ${unit})`];

/** Within 128 bits at once, and in parts beyond. */
const product = once(
  bothUnits,
  `CASE WHEN abs(${asDouble('u.a')} * ${asDouble('u.b')}) < 1e38 THEN bq_of_units(bq_rounded_quotient(u.a * u.b, ${unit}::HUGEINT))
    ELSE bq_of_units(${wholeA} * ${wholeB} * ${unit} + ${wholeA} * ${restB} + ${restA} * ${wholeB} + bq_rounded_quotient(${restA} * ${restB}, ${unit}::HUGEINT)) END`,
);

const quotient = once(
  bothUnits,
  `CASE WHEN abs(u.a) < 10000000000000000000000 THEN bq_of_units(bq_rounded_quotient(u.a * ${unit}, u.b))
    WHEN abs(u.b) > 100000000000000000000000000000 THEN error('The sandbox does not divide NUMERIC by values beyond 1e20.')
    ELSE bq_of_units((u.a // u.b) * ${unit} + bq_rounded_quotient((u.a % u.b) * ${unit}, u.b)) END`,
);

/** What is nearest, away from zero if two are, out of `r`, which may be wrong by one. */
const nearest = `w.r + CASE WHEN w.p = 0 THEN 0 WHEN (w.p < 0) = (w.q < 0)
  THEN CASE WHEN 2 * abs(w.p - w.r * w.q) < abs(w.q) THEN 0 WHEN ((w.p - w.r * w.q) < 0) = (w.q < 0) THEN 1
    WHEN 2 * abs(w.p - w.r * w.q) > abs(w.q) THEN -1 ELSE 0 END
  ELSE CASE WHEN 2 * abs(w.p - w.r * w.q) < abs(w.q) THEN 0 WHEN ((w.p - w.r * w.q) < 0) <> (w.q < 0) THEN -1
    WHEN 2 * abs(w.p - w.r * w.q) > abs(w.q) THEN 1 ELSE 0 END END`;

const guess = (p: string, q: string) => `CAST(round(${asDouble(p)} / ${asDouble(q)}) AS HUGEINT)`;

/** In billionths, and back. DuckDB takes microseconds to divide 128 bits, so that quotients are guessed and mended. */
const units: readonly string[] = [
  plain(
    'units',
    'x',
    `CASE WHEN abs(x) < 9000000000000000000
      THEN CAST(round(${asDouble('x')}) AS HUGEINT) * ${unit} + CAST(round(${asDouble(`x - CAST(round(${asDouble('x')}) AS BIGINT)`)} * ${unit}) AS BIGINT)
      ELSE CAST(trunc(${asNumeric('x')}) AS HUGEINT) * ${unit} + CAST((${asNumeric('x')} - trunc(${asNumeric('x')})) * ${unit} AS HUGEINT) END`,
  ),
  plain('of_units', 'x', asNumeric(`CAST(x AS DECIMAL(38,0)) * 0.000000001`)),
  plain(
    'rounded_quotient',
    'a, b',
    `list_transform([{'p': a, 'q': b, 'r': ${guess('a', 'b')}}],
      lambda v: list_transform([{'p': v.p, 'q': v.q, 'r': v.r + ${guess('(v.p - v.r * v.q)', 'v.q')}}], lambda w: ${nearest})[1])[1]`,
  ),
  plain(
    'numeric_of_double',
    'x',
    `CASE WHEN abs(x) < 4e6 AND abs(abs(x * 1e9 - trunc(x * 1e9)) - 0.5e0) > 0.1e0 THEN bq_of_units(CAST(round(x * 1e9) AS BIGINT))
      WHEN abs(x) < 9e18 AND x = trunc(x) THEN ${asNumeric('CAST(x AS BIGINT)')}
      ELSE ${asNumeric(`printf('%.25f', x)`)} END`,
  ),
];

const checked = (body: string) => `CASE WHEN b = 0 THEN error('division by zero') ELSE ${body} END`;

const arithmetic: readonly string[] = [
  `CREATE MACRO bq_exact_times(a ${numeric}, b BIGINT) AS ${asNumeric('a')} * b, (a BIGINT, b ${numeric}) AS a * ${asNumeric('b')},
    (a ${numeric}, b ${numeric}) AS ${product}, ${otherTypes.map((type) => `(a ${type}, b ${type}) AS (a * b)`).join(', ')}`,
  macro('quotient', 'a, b', variants(quotient, 'a / b')),
  macro('divide', 'a, b', variants(checked(quotient), checked('a / b'))),
  macro(
    'safe_divide',
    'a, b',
    variants(`CASE WHEN b = 0 THEN NULL ELSE ${quotient} END`, 'CASE WHEN b = 0 THEN NULL ELSE a / b END'),
  ),
  macro('div', 'a, b', variants(checked(asNumeric('bq_units(a) // bq_units(b)')), checked('a // b'))),
  macro(
    'mod',
    'a, b',
    variants(checked(asNumeric(`${asNumeric('a')} % ${asNumeric('b')}`)), checked('a % b')),
  ),
];

/** A literal with a point is NUMERIC beside a NUMERIC, FLOAT64 beside all else. */
function besideLiteral(name: string, exact: (a: string, b: string) => string, other: string): string[] {
  const bodies = variants(exact(asNumeric('a'), asNumeric('b')), other);
  return [macro(`${name}_literal`, 'a, b DOUBLE', bodies), macro(`literal_${name}`, 'a DOUBLE, b', bodies)];
}

const literals: readonly string[] = [
  ...besideLiteral('plus', (a, b) => `${a} + ${b}`, '(a + b)'),
  ...besideLiteral('minus', (a, b) => `${a} - ${b}`, '(a - b)'),
  ...besideLiteral('times', () => product, '(a * b)'),
  ...besideLiteral('divide', () => checked(quotient), checked('a / b')),
];

/** NUMERIC of a NUMERIC, FLOAT64 of all else. */
function rounding(name: string): string {
  return macro(name, 'x', variants(asNumeric(`${name}(${asNumeric('x')})`), `${name}(CAST(x AS DOUBLE))`));
}

/** Computed as FLOAT64. */
function inexact(name: string): string {
  return macro(name, 'x', variants(`bq_numeric_of_double(${name}(${asDouble('x')}))`, `${name}(x)`));
}

const functions: readonly string[] = [
  ...['round', 'trunc', 'ceil', 'floor'].map(rounding),
  // DuckDB rounds a DECIMAL to a constant number of digits only, and a parameter is none.
  macro('rounded', 'x', variants(asNumeric('x'), 'CAST(x AS DOUBLE)')),
  ...['sqrt', 'exp', 'ln', 'log10'].map(inexact),
  macro(
    'pow',
    'a, b',
    variants('bq_numeric_of_double(pow(CAST(a AS DOUBLE), CAST(b AS DOUBLE)))', 'pow(a, b)'),
  ),
  macro(
    'total',
    'x',
    variants(
      `CASE WHEN abs(x) > ${most} THEN error('numeric overflow: SUM') ELSE ${asNumeric('x')} END`,
      'x',
    ),
  ),
  `CREATE MACRO bq_exact_average(a ${numeric}, b BIGINT) AS CASE WHEN b = 0 THEN NULL ELSE ${quotient} END,
    ${['BIGINT', 'HUGEINT', 'DOUBLE'].map((type) => `(a ${type}, b BIGINT) AS (a / b)`).join(', ')}`,
];

/** Short texts, which are most, in 64 bits. */
const ofText = `coalesce(TRY_CAST(x AS DECIMAL(18,9)), TRY_CAST(x AS ${numeric}))`;

function casting(name: string, cast: string, ofDouble: string, bad: string): string {
  return macro(name, 'x', {
    ...variants(`${cast}(x AS ${numeric})`, `${cast}(x AS ${numeric})`),
    DOUBLE: ofDouble,
    VARCHAR: `CASE WHEN x IS NOT NULL AND ${ofText} IS NULL THEN ${bad} ELSE ${ofText} END`,
  });
}

export const numericMacros: readonly string[] = [
  ...units,
  ...arithmetic,
  ...literals,
  ...functions,
  casting('to_numeric', 'CAST', 'bq_numeric_of_double(x)', `error('Invalid NUMERIC value: ' || x)`),
  casting('try_numeric', 'TRY_CAST', 'CASE WHEN abs(x) < 1e29 THEN bq_numeric_of_double(x) END', 'NULL'),
];

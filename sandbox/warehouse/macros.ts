import { numericMacros } from './numeric-macros.ts';

/**
 * What GoogleSQL means and DuckDB has no function for, as DuckDB macros.
 *
 * A test of a type (`typeof`) is decided when a query is planned, so it costs nothing per row. `error(…)`
 * becomes the message of the query.
 */
export const macros: readonly string[] = [
  ...numericMacros,
  // A division by zero is an error in BigQuery; DuckDB gives infinity.
  macro('divide(a, b)', `CASE WHEN b = 0 THEN error('division by zero') ELSE a / b END`),
  macro('safe_divide(a, b)', `CASE WHEN b = 0 THEN NULL ELSE a / b END`),
  macro('div(a, b)', `CASE WHEN b = 0 THEN error('division by zero') ELSE a // b END`),
  macro('mod(a, b)', `CASE WHEN b = 0 THEN error('division by zero') ELSE a % b END`),
  // The difference of two dates is an INTERVAL in BigQuery, a number in DuckDB.
  macro(
    'minus(a, b)',
    `CASE WHEN typeof(a) = 'DATE' AND typeof(b) = 'DATE' THEN error('The sandbox does not support DATE - DATE. Use DATE_DIFF.') ELSE a - b END`,
  ),
  macro(
    'greatest(list)',
    `CASE WHEN len(list_filter(list, lambda x: x IS NULL)) = 0 THEN list_max(list) END`,
  ),
  macro('least(list)', `CASE WHEN len(list_filter(list, lambda x: x IS NULL)) = 0 THEN list_min(list) END`),
  // Casts. Half goes away from zero in BigQuery, to even in DuckDB; '2.5' is no INT64.
  macro(
    'to_int64(x)',
    `CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN CAST(round(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE)) AS BIGINT)
      WHEN typeof(x) = 'VARCHAR' AND NOT regexp_full_match(CAST(x AS VARCHAR), '\\s*[-+]?(\\d+|0[xX][0-9a-fA-F]+)\\s*')
      THEN error('Bad int64 value: ' || CAST(x AS VARCHAR)) ELSE CAST(x AS BIGINT) END`,
  ),
  macro(
    'try_int64(x)',
    `CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN TRY_CAST(round(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE)) AS BIGINT)
      WHEN typeof(x) = 'VARCHAR' AND NOT regexp_full_match(CAST(x AS VARCHAR), '\\s*[-+]?(\\d+|0[xX][0-9a-fA-F]+)\\s*')
      THEN NULL ELSE TRY_CAST(x AS BIGINT) END`,
  ),
  macro(
    'to_bool(x)',
    `CASE WHEN typeof(x) = 'VARCHAR' AND lower(CAST(x AS VARCHAR)) NOT IN ('true', 'false')
      THEN error('Bad bool value: ' || CAST(x AS VARCHAR)) ELSE CAST(x AS BOOLEAN) END`,
  ),
  macro(
    'try_bool(x)',
    `CASE WHEN typeof(x) = 'VARCHAR' AND lower(CAST(x AS VARCHAR)) NOT IN ('true', 'false') THEN NULL ELSE TRY_CAST(x AS BOOLEAN) END`,
  ),
  macro(
    'double_text(x)',
    `CASE WHEN CAST(printf('%.15g', x) AS DOUBLE) = x THEN printf('%.15g', x) ELSE printf('%.17g', x) END`,
  ),
  macro(
    'time_text(x)',
    `regexp_replace(regexp_replace(strftime(x, '%Y-%m-%d %H:%M:%S.%f'), '\\.000000$', ''), '(\\.\\d{3})000$', '\\1')`,
  ),
  macro(
    'to_string(x)',
    `CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN double_text(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE))
      WHEN typeof(x) = 'TIMESTAMP WITH TIME ZONE' THEN time_text(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP)) || '+00'
      WHEN typeof(x) = 'TIMESTAMP' THEN time_text(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP))
      WHEN starts_with(typeof(x), 'DECIMAL') THEN regexp_replace(regexp_replace(CAST(x AS VARCHAR), '(\\.\\d*?)0+$', '\\1'), '\\.$', '')
      WHEN typeof(x) = 'BLOB' THEN error('The sandbox does not support CAST(BYTES AS STRING). Use SAFE_CONVERT_BYTES_TO_STRING, TO_HEX or TO_BASE64.')
      ELSE CAST(x AS VARCHAR) END`,
  ),
  // JSON of a value. Within arrays and STRUCTs only types that DuckDB writes as BigQuery does.
  macro(
    'json_text(x)',
    `CASE WHEN x IS NULL THEN 'null'
      WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN CASE lower(CAST(x AS VARCHAR)) WHEN 'nan' THEN '"NaN"' WHEN 'inf' THEN '"Infinity"'
        WHEN '-inf' THEN '"-Infinity"' ELSE double_text(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE)) END
      WHEN typeof(x) = 'TIMESTAMP WITH TIME ZONE' THEN '"' || replace(time_text(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP)), ' ', 'T') || 'Z"'
      WHEN typeof(x) = 'TIMESTAMP' THEN '"' || replace(time_text(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP)), ' ', 'T') || '"'
      WHEN typeof(x) = 'BIGINT' AND NOT regexp_full_match(CAST(x AS VARCHAR), '-?\\d{1,15}') AND abs(TRY_CAST(CAST(x AS VARCHAR) AS HUGEINT)) > 9007199254740992
      THEN '"' || CAST(x AS VARCHAR) || '"'
      WHEN regexp_matches(typeof(x), 'DOUBLE|FLOAT|TIME|BLOB|INTERVAL|DECIMAL|MAP|HUGEINT')
        OR (typeof(x) NOT IN ('BIGINT', 'VARCHAR') AND regexp_matches(CAST(to_json(x) AS VARCHAR), '[:,\\[]-?\\d{16,}'))
      THEN error('The sandbox does not support TO_JSON_STRING of ' || typeof(x)) ELSE CAST(to_json(x) AS VARCHAR) END`,
  ),
  // Text. Position 0 counts as 1; white space is more than a space.
  macro('substr_from(s, p)', `substr(s, CASE WHEN p = 0 THEN 1 WHEN -p > length(s) THEN 1 ELSE p END)`),
  macro(
    'substr_of(s, p, n)',
    `CASE WHEN n < 0 THEN error('Third argument in SUBSTR() cannot be negative')
      ELSE substr(s, CASE WHEN p = 0 THEN 1 WHEN -p > length(s) THEN 1 ELSE p END, n) END`,
  ),
  // Weeks begin on Sunday.
  macro('week_trunc(d)', `date_trunc('week', d + INTERVAL 1 DAY) - INTERVAL 1 DAY`),
  macro(
    'weeks_between(a, b)',
    `(date_diff('day', date_trunc('week', a + INTERVAL 1 DAY), date_trunc('week', b + INTERVAL 1 DAY)) // 7)`,
  ),
  macro('isoweeks_between(a, b)', `(date_diff('day', date_trunc('week', a), date_trunc('week', b)) // 7)`),
  macro('week_of(d)', `CAST(floor((dayofyear(d) + 6 - dayofweek(d)) / 7) AS BIGINT)`),
  // Arrays count from 0.
  macro(
    'at_offset(a, n)',
    `CASE WHEN n < 0 OR n >= len(a) THEN error('Array index ' || n || ' is out of bounds') ELSE a[n + 1] END`,
  ),
  macro('at_safe_offset(a, n)', `CASE WHEN n >= 0 THEN a[n + 1] END`),
  macro('concat_arrays(a, b)', `CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE list_concat(a, b) END`),
  macro(
    'top_count(x, n)',
    `list_transform(list_slice(list_reverse_sort(list_transform(map_entries(histogram(x)), lambda e: {'c': e.value, 'v': e.key})), 1, n), lambda e: {'value': e.v, 'count': CAST(e.c AS BIGINT)})`,
  ),
];

function macro(signature: string, body: string): string {
  return `CREATE MACRO bq_${signature} AS ${body.replaceAll(/(?<![\w.])(double_text|time_text)\(/g, 'bq_$1(')}`;
}

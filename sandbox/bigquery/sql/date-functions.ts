import { textLiteral } from '../../warehouse/names.ts';
import type { Cursor } from './cursor.ts';
import { argument, own } from './function-rule.ts';
import type { Call, FunctionRule } from './function-rule.ts';

const timestamp = 'TIMESTAMP WITH TIME ZONE';

/** The day or longer that a date can move by; a time by less too. */
const days = new Set(['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']);
const short = new Set(['MICROSECOND', 'MILLISECOND', 'SECOND', 'MINUTE', 'HOUR', 'DAY']);

/** `DATE_ADD(d, INTERVAL 5 DAY)`. The result keeps the type. */
function move(sign: '+' | '-', type: string): FunctionRule {
  return own(2, 2, (call, cursor) => {
    const interval = call.args[1]?.interval;
    if (!interval) throw cursor.wrong(`${call.token.text} needs an INTERVAL`, call.token);
    const allowed = type === 'DATE' ? days : type === timestamp ? short : undefined;
    if (allowed && !allowed.has(interval.part)) {
      throw cursor.wrong(`${call.token.text} does not take the date part ${interval.part}`, call.token);
    }
    return `CAST(CAST(${argument(call, 0)} AS ${type}) ${sign} INTERVAL (${interval.amount}) ${interval.part} AS ${type})`;
  });
}

/** A count of the borders crossed, as BigQuery counts for dates; of whole parts for timestamps. */
function difference(type: string): FunctionRule {
  return {
    least: 3,
    most: 3,
    part: 2,
    write: (call, cursor) => {
      const [later, earlier] = [0, 1].map((index) => `CAST(${argument(call, index)} AS ${type})`);
      const part = argument(call, 2);
      if (part === 'ISOWEEK') return `bq_isoweeks_between(${earlier}, ${later})`;
      const allowed = type === timestamp ? short : type === 'DATE' ? days : new Set([...days, ...short]);
      if (!allowed.has(part)) throw cursor.unsupported(`${call.token.text} by ${part}`, call.token);
      if (part === 'WEEK') return `bq_weeks_between(${earlier}, ${later})`;
      const count = type === timestamp ? 'date_sub' : 'date_diff';
      return `${count}('${part.toLowerCase()}', ${earlier}, ${later})`;
    },
  };
}

const truncated = new Set('MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY MONTH QUARTER YEAR'.split(' '));

function truncate(type: string): FunctionRule {
  return {
    least: 2,
    most: 2,
    part: 1,
    grows: true,
    write: (call, cursor) => {
      const value = `CAST(${argument(call, 0)} AS ${type})`;
      const part = argument(call, 1);
      if (part === 'WEEK') return `CAST(bq_week_trunc(${value}) AS ${type})`;
      if (part === 'ISOWEEK') return `CAST(date_trunc('week', ${value}) AS ${type})`;
      const fits = truncated.has(part) && (type !== 'DATE' || days.has(part));
      if (!fits) throw cursor.unsupported(`${call.token.text} to ${part}`, call.token);
      return `CAST(date_trunc('${part.toLowerCase()}', ${value}) AS ${type})`;
    },
  };
}

const written: Readonly<Record<string, string>> = {
  '%F': '%Y-%m-%d',
  '%T': '%H:%M:%S',
  '%E6S': '%S.%f',
  '%R': '%H:%M',
};
const understood = new Set('%Y %m %d %H %M %S %y %j %B %b %A %a %p %I %%'.split(' '));

/** The format in DuckDB's words. */
function formatText(call: Call, cursor: Cursor): string {
  const text = call.args[0]?.text;
  if (text === undefined)
    throw cursor.unsupported(`${call.token.text} with a format that is not a literal`, call.token);
  const converted = text.replace(/%(E6S|[^E]|E.?)/g, (one) => {
    const known = written[one] ?? (understood.has(one) ? one : undefined);
    if (known === undefined) throw cursor.unsupported(`${call.token.text} with ${one}`, call.token);
    return known;
  });
  return textLiteral(converted);
}

function format(type: string): FunctionRule {
  return own(
    2,
    2,
    (call, cursor) => `strftime(CAST(${argument(call, 1)} AS ${type}), ${formatText(call, cursor)})`,
  );
}

function parse(type: string): FunctionRule {
  return own(
    2,
    2,
    (call, cursor) => `CAST(strptime(${argument(call, 1)}, ${formatText(call, cursor)}) AS ${type})`,
  );
}

function convert(type: string): FunctionRule {
  return { ...own(1, 1, (call) => `CAST(${argument(call, 0)} AS ${type})`), grows: true };
}

function now(sql: string): FunctionRule {
  return { least: 0, most: 0, isVolatile: true, write: () => sql };
}

function epoch(perSecond: number): FunctionRule {
  const microseconds = 1_000_000 / perSecond;
  return own(
    1,
    1,
    (call) => `CAST(floor(epoch_us(CAST(${argument(call, 0)} AS ${timestamp})) / ${microseconds}) AS BIGINT)`,
  );
}

function fromEpoch(perSecond: number): FunctionRule {
  return own(
    1,
    1,
    (call) => `make_timestamptz(CAST(${argument(call, 0)} AS BIGINT) * ${1_000_000 / perSecond})`,
  );
}

/** `DATE(2026, 1, 31)`, or of a time. */
const date: FunctionRule = {
  least: 1,
  most: 3,
  grows: true,
  write: (call, cursor) => {
    if (call.args.length === 3) return `make_date(${call.args.map(({ sql }) => sql).join(', ')})`;
    if (call.args.length === 2) throw cursor.unsupported('DATE with a time zone', call.token);
    return `CAST(${argument(call, 0)} AS DATE)`;
  },
};

export const dateFunctions: Readonly<Record<string, FunctionRule>> = {
  CURRENT_TIMESTAMP: now('now()'),
  CURRENT_DATE: now('CAST(now() AS DATE)'),
  CURRENT_DATETIME: now('CAST(now() AS TIMESTAMP)'),
  CURRENT_TIME: now('CAST(CAST(now() AS TIMESTAMP) AS TIME)'),
  DATE: date,
  DATETIME: convert('TIMESTAMP'),
  TIMESTAMP: convert(timestamp),
  STRING: own(1, 1, (call) => `bq_to_string(${argument(call, 0)})`),
  DATE_ADD: move('+', 'DATE'),
  DATE_SUB: move('-', 'DATE'),
  DATETIME_ADD: move('+', 'TIMESTAMP'),
  DATETIME_SUB: move('-', 'TIMESTAMP'),
  TIMESTAMP_ADD: move('+', timestamp),
  TIMESTAMP_SUB: move('-', timestamp),
  DATE_DIFF: difference('DATE'),
  DATETIME_DIFF: difference('TIMESTAMP'),
  TIMESTAMP_DIFF: difference(timestamp),
  DATE_TRUNC: truncate('DATE'),
  DATETIME_TRUNC: truncate('TIMESTAMP'),
  TIMESTAMP_TRUNC: truncate(timestamp),
  FORMAT_DATE: format('DATE'),
  FORMAT_DATETIME: format('TIMESTAMP'),
  FORMAT_TIMESTAMP: format(timestamp),
  PARSE_DATE: parse('DATE'),
  PARSE_DATETIME: parse('TIMESTAMP'),
  PARSE_TIMESTAMP: parse(timestamp),
  UNIX_SECONDS: epoch(1),
  UNIX_MILLIS: epoch(1000),
  UNIX_MICROS: epoch(1_000_000),
  TIMESTAMP_SECONDS: fromEpoch(1),
  TIMESTAMP_MILLIS: fromEpoch(1000),
  TIMESTAMP_MICROS: fromEpoch(1_000_000),
  LAST_DAY: own(1, 1, (call) => `last_day(CAST(${argument(call, 0)} AS DATE))`),
};

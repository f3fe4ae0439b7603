import { UserError, messageOf } from '../engine/model/errors.ts';
import { dateParser, type DateParser } from '../engine/template/dates/date-parser.ts';

/** Reads the time of a row; null: it is none. */
export type TimeReader = (text: string) => number | null;

/** What JMeter tries where a time is not in milliseconds (`CSVSaveService.java`), and ISO 8601. */
const patterns = [
  'yyyy/MM/dd HH:mm:ss.SSS',
  'yyyy/MM/dd HH:mm:ss',
  'yyyy-MM-dd HH:mm:ss.SSS',
  'yyyy-MM-dd HH:mm:ss',
  "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
  "yyyy-MM-dd'T'HH:mm:ssXXX",
  "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
  "yyyy-MM-dd'T'HH:mm:ssZ",
  "yyyy-MM-dd'T'HH:mm:ss.SSS",
  "yyyy-MM-dd'T'HH:mm:ss",
  'MM/dd/yy HH:mm:ss',
] as const;

export const expectedTime = `milliseconds, or a date such as ${patterns[0]} (--timestamp-format PATTERN tells another)`;

/**
 * A reader of milliseconds, and of dates in the machine's time zone: of the pattern that is given
 * (`jmeter.save.saveservice.timestamp_format`), else of the first that fits. Throws a `UserError` for what is no pattern.
 */
export function timeReader(pattern?: string): TimeReader {
  const parsers = pattern === undefined || pattern === 'ms' ? known() : [parserOf(pattern)];
  let last = parsers[0];
  return (text) => {
    if (/^\d+$/.test(text) && pattern === undefined) return Number(text);
    const found = last && read(last, text);
    if (found !== null && found !== undefined) return found;
    for (const parser of parsers) {
      const other = read(parser, text);
      if (other === null) continue;
      last = parser;
      return other;
    }
    return /^\d+$/.test(text) ? Number(text) : null;
  };
}

/** Made once, when the first date is met. */
let made: readonly DateParser[] | null = null;

function known(): readonly DateParser[] {
  made ??= patterns.map((pattern) => dateParser(pattern, '', { exact: true }));
  return made;
}

function parserOf(pattern: string): DateParser {
  try {
    return dateParser(pattern, '', { exact: true });
  } catch (error) {
    throw new UserError(`--timestamp-format: ${messageOf(error)}`);
  }
}

function read(parse: DateParser, text: string): number | null {
  try {
    return parse(text, Date.now());
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

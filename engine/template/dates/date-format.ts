import { remembered } from '../remembered.ts';
import { dateParser, type DateParser } from './date-parser.ts';
import { datePattern } from './date-pattern.ts';

/** A date pattern in one language, both ways. */
export interface DateFormat {
  write(epochMs: number): string;
  readonly read: DateParser;
}

/** Date formats by pattern and locale; the last ones are remembered. */
export function dateFormats(): (pattern: string, locale: string) => DateFormat {
  const byLocale = remembered((locale) => ({
    of: remembered((pattern) => ({
      write: datePattern(pattern, locale),
      read: dateParser(pattern, locale),
    })),
  }));
  return (pattern, locale) => byLocale(locale).of(pattern);
}

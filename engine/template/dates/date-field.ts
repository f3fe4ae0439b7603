import { literalPattern } from '../../model/literal-pattern.ts';
import type { DateNames } from './date-names.ts';

type DatePart = DayPart | TimePart | 'ignored';
type DayPart = 'era' | 'year' | 'quarter' | 'month' | 'day' | 'dayOfYear' | 'weekYear' | 'week' | 'weekday';
type TimePart = 'half' | 'halfHour' | 'hour' | 'minute' | 'second' | 'millisecond' | 'dayMs';

/** What was read of a date: numbers by part (months, quarters from 1; weekdays from 0, Sunday) and its zone. */
export interface DateParts {
  readonly numbers: Map<DatePart, number>;
  zone: string;
}

/** Whether numbers stand directly before and behind a field: `MM` in `yyyyMMdd` has both. */
export interface Beside {
  readonly before: boolean;
  readonly behind: boolean;
}

/** What a letter of a date pattern means, so many times: how it is written, and how it is read. */
export interface DateField {
  write(date: Date, width: number, names: DateNames): string;
  /** Whether it is a number; of several side by side, each is read with as many digits as it has letters. */
  isNumber(width: number): boolean;
  /** Regular expression of what may be read. */
  source(width: number, beside: Beside, names: DateNames): string;
  read(text: string, parts: DateParts, width: number, names: DateNames): void;
}

/** What a date shows for a letter. */
export type Value = (date: Date, names: DateNames) => number;

/** A number: `value` is what it is written as, `read` what is understood of it. */
export function digits(part: DatePart, value: Value, read = (text: string) => Number(text)): DateField {
  return {
    write: (date, width, names) => String(value(date, names)).padStart(width, '0'),
    isNumber: () => true,
    source(width, { before, behind }) {
      if (width === 1) return '\\d+';
      return before || behind ? `\\d{${width}}` : `\\d{1,${width}}`;
    },
    read: (text, parts) => parts.numbers.set(part, read(text)),
  };
}

/**
 * Two letters are the last two digits, read as 2000 to 2099; others all of them, at least as many as letters, and no
 * more where another number follows.
 */
export function year(part: 'year' | 'weekYear', value: Value): DateField {
  const plain = digits(part, value);
  return {
    ...plain,
    write: (date, width, names) =>
      width === 2 ? String(value(date, names)).slice(-2).padStart(2, '0') : plain.write(date, width, names),
    source(width, { behind }) {
      if (width === 2) return '\\d{2}';
      return `[-+]?\\d{${width}${behind && width > 2 ? '' : ','}}`;
    },
    read: (text, parts, width) => parts.numbers.set(part, Number(text) + (width === 2 ? 2000 : 0)),
  };
}

/** The words out of which one stands for a letter, at a width. */
export type Words = (names: DateNames, width: number) => readonly string[];

/** A word out of some; `first` is the number that the first of them stands for. */
export function named(part: DatePart, value: Value, words: Words, first = 0): DateField {
  return {
    write: (date, width, names) => words(names, width)[value(date, names) - first] ?? '',
    isNumber: () => false,
    source: (width, _, names) =>
      [...words(names, width)]
        .sort((a, b) => b.length - a.length)
        .map(literalPattern)
        .join('|'),
    read(text, parts, width, names) {
      const wanted = text.toLowerCase();
      const index = words(names, width).findIndex((word) => word.toLowerCase() === wanted);
      parts.numbers.set(part, index + first);
    },
  };
}

/** A number for one or two letters, a word for more. */
export function either(number: DateField, word: DateField): DateField {
  const chosen = (width: number) => (width < 3 ? number : word);
  return {
    write: (date, width, names) => chosen(width).write(date, width, names),
    isNumber: (width) => width < 3,
    source: (width, beside, names) => chosen(width).source(width, beside, names),
    read: (text, parts, width, names) => chosen(width).read(text, parts, width, names),
  };
}

/** A time zone or an offset from UTC. */
export function zone(source: string, write: (date: Date, width: number) => string): DateField {
  return { write, isNumber: () => false, source: () => source, read: (text, parts) => (parts.zone = text) };
}

type Style = 'short' | 'long' | 'narrow';

/** The words of a language for dates, and how its weeks begin. */
export interface DateNames {
  /** From January; as they stand beside a day. */
  months(style: Style): readonly string[];
  /** From January; as they stand alone. */
  lonelyMonths(style: Style): readonly string[];
  /** From Sunday. */
  weekdays(style: Style): readonly string[];
  /** Before noon, after noon. */
  halves(): readonly string[];
  /** Before our era, our era. */
  eras(style: Style): readonly string[];
  /** 0 is Sunday. */
  readonly firstWeekday: number;
  /** Days of a year that its first week has at least. */
  readonly minimalDays: number;
}

/** Java's count of letters: up to three are short, four long, five narrow. */
export function nameStyle(width: number): Style {
  return width <= 3 ? 'short' : width === 4 ? 'long' : 'narrow';
}

/**
 * The names of a locale (`en_US`, `de`, `pt-BR`); English of the United States when it is empty. They come from the
 * CLDR, as Java's do. Weeks begin on Sunday in the United States, elsewhere by ISO 8601. Throws a `RangeError`.
 */
export function dateNames(locale: string): DateNames {
  const tag = locale.trim().replaceAll('_', '-') || 'en-US';
  const american = region(tag, locale) === 'US';
  const made = new Map<string, readonly string[]>();
  const names = (part: Part, options: Intl.DateTimeFormatOptions, dates: readonly Date[]) => {
    const key = JSON.stringify(options);
    const known = made.get(key) ?? words(tag, part, options, dates);
    made.set(key, known);
    return known;
  };
  const lonelyMonths = (style: Style) => names('month', { month: style }, months);
  return {
    lonelyMonths,
    months(style) {
      const beside = names('month', { month: style, day: 'numeric' }, months);
      return style === 'narrow' || beside.some((name) => /^\d*$/.test(name)) ? lonelyMonths(style) : beside;
    },
    weekdays: (style) => names('weekday', { weekday: style }, weekdays),
    halves: () => names('dayPeriod', { hour: 'numeric', hour12: true }, halves),
    eras: (style) => names('era', { era: style, year: 'numeric' }, eras),
    firstWeekday: american ? 0 : 1,
    minimalDays: american ? 1 : 4,
  };
}

function region(tag: string, locale: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().region;
  } catch {
    throw new RangeError(`the locale "${locale}" is not known: expected one such as en_US or de`);
  }
}

type Part = 'month' | 'weekday' | 'dayPeriod' | 'era';

const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 5)));
const weekdays = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 1, 1 + day)));
const halves = [1, 13].map((hour) => new Date(Date.UTC(2026, 0, 5, hour)));
const eras = [-100, 2026].map((year) => new Date(Date.UTC(year, 0, 5)));

function words(
  tag: string,
  part: Part,
  options: Intl.DateTimeFormatOptions,
  dates: readonly Date[],
): string[] {
  const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
  return dates.map((date) => format.formatToParts(date).find(({ type }) => type === part)?.value ?? '');
}

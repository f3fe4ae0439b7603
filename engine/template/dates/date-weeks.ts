/** How a country counts weeks; `firstWeekday` 0 is Sunday. */
export interface WeekRule {
  readonly firstWeekday: number;
  readonly minimalDays: number;
}

const dayMs = 86_400_000;

/** Days from 1970-01-01 to a date of the calendar, whatever the time zone. Month and day may overflow. */
export function civilDay(year: number, monthIndex: number, day: number): number {
  return new Date(0).setUTCFullYear(year, monthIndex, day) / dayMs;
}

/** The day on which the weeks of a year or a month begin, from the civil day that is its first. */
export function firstWeekStart(firstDay: number, { firstWeekday, minimalDays }: WeekRule): number {
  const weekday = (((firstDay + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
  const before = (weekday - firstWeekday + 7) % 7;
  return firstDay - before + (7 - before < minimalDays ? 7 : 0);
}

/** The year to which a date's week belongs, and the week's number in it (`java.time.temporal.WeekFields`). */
export function weekOfYear(date: Date, rule: WeekRule): { readonly year: number; readonly week: number } {
  const day = civilDay(date.getFullYear(), date.getMonth(), date.getDate());
  const start = (year: number) => firstWeekStart(civilDay(year, 0, 1), rule);
  let year = date.getFullYear() + 1;
  while (day < start(year)) year -= 1;
  return { year, week: 1 + Math.floor((day - start(year)) / 7) };
}

/** 0 for days before the month's first week. */
export function weekOfMonth(date: Date, rule: WeekRule): number {
  const firstDay = civilDay(date.getFullYear(), date.getMonth(), 1);
  return 1 + Math.floor((firstDay + date.getDate() - 1 - firstWeekStart(firstDay, rule)) / 7);
}

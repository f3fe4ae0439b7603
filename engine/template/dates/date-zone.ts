/** `+0100` or `+01:00`: how far the machine's clock is from UTC at that time. */
export function offsetText(date: Date, colon: '' | ':'): string {
  const minutes = -date.getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${colon}${String(rest).padStart(2, '0')}`;
}

/** `+01`, `+0100` or `+01:00` for one, two (or four) or three (or five) letters. */
export function isoOffset(date: Date, width: number): string {
  const whole = offsetText(date, width % 2 === 1 && width > 1 ? ':' : '');
  return width === 1 && whole.endsWith('00') ? whole.slice(0, 3) : whole;
}

/** `GMT+1` or, in full, `GMT+01:00`; `GMT` alone without an offset. */
export function gmtOffset(date: Date, full: boolean): string {
  if (date.getTimezoneOffset() === 0) return 'GMT';
  const whole = offsetText(date, ':');
  return `GMT${full ? whole : whole.replace(/([-+])0/, '$1').replace(':00', '')}`;
}

type NameStyle = 'short' | 'long' | 'shortGeneric' | 'longGeneric';

/** The name of the machine's zone at that time: `CET`, `Central European Standard Time`. */
export function zoneName(date: Date, timeZoneName: NameStyle): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName }).formatToParts(date);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** `Europe/Berlin`: the machine's zone. */
export function zoneId(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What a reader takes for an offset, and for an offset or a zone's name: regular expressions. */
export const offsetSource = '(?:GMT|UTC|UT)?[-+]\\d{1,2}(?::?\\d{2}(?::?\\d{2})?)?|GMT|UTC|UT|Z';
export const zoneSource = `${offsetSource}|[A-Za-z][A-Za-z_]*(?:[/+-][A-Za-z0-9_]+)*`;

/**
 * The time at which the clocks of a zone (`+01:00`, `GMT+1`, `Z`, `Europe/Berlin`) show what clocks in UTC show at
 * `shownMs`. Throws a `RangeError` for an unknown zone.
 */
export function zonedEpochMs(shownMs: number, zone: string): number {
  const [, sign, hours, minutes = '0', seconds = '0'] =
    /^(?:GMT|UTC|UT)?([-+])(\d{1,2}):?(\d{2})?:?(\d{2})?$/i.exec(zone) ?? [];
  if (sign) {
    const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
    return sign === '-' ? shownMs + ms : shownMs - ms;
  }
  if (/^(?:GMT|UTC|UT|Z)$/i.test(zone)) return shownMs;
  const guessMs = shownMs - zoneOffsetMs(zone, shownMs);
  return shownMs - zoneOffsetMs(zone, guessMs);
}

function zoneOffsetMs(timeZone: string, epochMs: number): number {
  const wholeMs = Math.floor(epochMs / 1000) * 1000;
  const shown = new Map(
    zoneClock(timeZone)
      .formatToParts(wholeMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const at = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  const clock = [at('month') - 1, at('day'), at('hour'), at('minute'), at('second')] as const;
  return Date.UTC(at('year'), ...clock) - wholeMs;
}

function zoneClock(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric },
      ...{ hour: numeric, minute: numeric, second: numeric },
    });
  } catch {
    throw new RangeError(`the time zone "${timeZone}" is not known`);
  }
}

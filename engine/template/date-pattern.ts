/**
 * A formatter for a Java date pattern (`java.time.format.DateTimeFormatter`), in the machine's time zone.
 *
 * Letters: `y u M d H h k m s S a E D n Z X x` and quoted text. Throws a `RangeError` for any other letter.
 */
export function datePattern(pattern: string): (epochMs: number) => string {
  const pieces: ((date: Date) => string)[] = [];
  for (const [whole, quoted, letters] of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)) {
    if (quoted !== undefined) {
      const text = quoted === '' ? "'" : quoted.replaceAll("''", "'");
      pieces.push(() => text);
    } else if (letters !== undefined) {
      pieces.push(field(letters, whole.length, pattern));
    } else {
      pieces.push(() => whole);
    }
  }
  return (epochMs) => {
    const date = new Date(epochMs);
    let text = '';
    for (const piece of pieces) text += piece(date);
    return text;
  };
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

type Field = (date: Date, width: number) => string;

const fields: Readonly<Record<string, Field>> = {
  y: (date, width) => (width === 2 ? padded(date.getFullYear() % 100, 2) : padded(date.getFullYear(), width)),
  u: (date, width) => (width === 2 ? padded(date.getFullYear() % 100, 2) : padded(date.getFullYear(), width)),
  M: (date, width) => named(months, date.getMonth(), width) ?? padded(date.getMonth() + 1, width),
  d: (date, width) => padded(date.getDate(), width),
  D: (date, width) => padded(dayOfYear(date), width),
  E: (date, width) => named(days, date.getDay(), Math.max(width, 3)) ?? '',
  H: (date, width) => padded(date.getHours(), width),
  k: (date, width) => padded(date.getHours() || 24, width),
  h: (date, width) => padded(date.getHours() % 12 || 12, width),
  m: (date, width) => padded(date.getMinutes(), width),
  s: (date, width) => padded(date.getSeconds(), width),
  S: (date, width) => padded(date.getMilliseconds(), 3).padEnd(width, '0').slice(0, width),
  n: (date, width) => padded(date.getMilliseconds() * 1_000_000, width),
  a: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  Z: (date) => offset(date, ''),
  X: (date, width) => (date.getTimezoneOffset() === 0 ? 'Z' : isoOffset(date, width)),
  x: (date, width) => isoOffset(date, width),
};

function field(letter: string, width: number, pattern: string): (date: Date) => string {
  const format = fields[letter];
  if (!format) throw new RangeError(`the letter "${letter}" in the date pattern "${pattern}" is not known`);
  return (date) => format(date, width);
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** `Jan` for three letters, `January` for more; undefined for fewer. */
function named(names: readonly string[], index: number, width: number): string | undefined {
  return width < 3 ? undefined : width === 3 ? names[index]?.slice(0, 3) : names[index];
}

function dayOfYear(date: Date): number {
  const midnight = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return 1 + (midnight - Date.UTC(date.getFullYear(), 0, 1)) / 86_400_000;
}

function offset(date: Date, colon: string): string {
  const minutes = -date.getTimezoneOffset();
  const hours = padded(Math.floor(Math.abs(minutes) / 60), 2);
  return `${minutes < 0 ? '-' : '+'}${hours}${colon}${padded(Math.abs(minutes) % 60, 2)}`;
}

/** `+01`, `+0100` or `+01:00` for one, two or three letters. */
function isoOffset(date: Date, width: number): string {
  const whole = offset(date, width >= 3 ? ':' : '');
  return width === 1 && whole.endsWith('00') ? whole.slice(0, 3) : whole;
}

/**
 * Whole numbers in a pattern of Java's `DecimalFormat`, as far as JMeter's counters use it: `000` pads with zeros,
 * what stands around it stays, `#` asks for nothing: `order_000` gives `order_007`.
 */
function numberFormat(pattern: string): (value: number) => string {
  const parts = parsed(pattern);
  if (!parts) throw new RangeError(mistake(pattern));
  const { before, digits, after } = parts;
  return (value) => {
    const text = String(Math.abs(value)).padStart(digits, '0');
    return `${value < 0 ? '-' : ''}${before}${text}${after}`;
  };
}

/** Formats numbers, and reads a pattern once while it stays the same. Blank: as they are. */
export function rememberedFormat(): (pattern: string, value: number) => string {
  let last = { pattern: '', format: (value: number) => String(value) };
  return (pattern, value) => {
    if (last.pattern !== pattern) {
      last = { pattern, format: pattern === '' ? (one) => String(one) : numberFormat(pattern) };
    }
    return last.format(value);
  };
}

export function numberFormatMistake(pattern: unknown): string | null {
  if (typeof pattern !== 'string' || pattern.includes('${')) return null;
  return pattern === '' || parsed(pattern) ? null : mistake(pattern);
}

function parsed(pattern: string): { before: string; digits: number; after: string } | null {
  const match = /^([^#0.,;%'¤\u2030-]*)([#0]+)([^#0.,;%'¤\u2030]*)$/.exec(pattern.replaceAll("'", ''));
  if (!match) return null;
  const [, before = '', number = '', after = ''] = match;
  return { before, digits: number.split('0').length - 1, after };
}

function mistake(pattern: string): string {
  return `expected a pattern of zeros with text around them, such as 000 or order_000, found "${pattern}"`;
}

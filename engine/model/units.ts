/**
 * Durations, sizes, rates and ratios as people write them: `30s`, `1m30s`, `250ms`, `10GB`, `8MiB`, `10/s`, `600/m`, `1%`.
 *
 * Each function returns null for text it does not understand; `expected…` says what to write instead.
 */
const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const durationPattern = /^(?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d)\s*)+$/;

/** `1m30s` → 90000. Null without a unit, for negative values, and for anything else. */
export function parseMs(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  if (!durationPattern.test(trimmed)) return null;
  let totalMs = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|min|m|h|d)/g)) {
    totalMs += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  }
  return totalMs <= longestMs ? totalMs : null;
}

/** Ten years: nobody waits longer, and sums of such times are exact. */
const longestMs = 3650 * 86_400_000;

/** Whether a text is a number without a unit. */
export function isBareNumber(text: string): boolean {
  return /^\s*\d+(\.\d+)?\s*$/.test(text);
}

/** `"10" has no unit. Write 10s, or 10ms`. */
export function unitMissing(found: string, units: readonly string[]): string {
  const forms = units.map((unit) => found.trim() + unit);
  const [last = ''] = forms.splice(-1);
  return `"${found}" has no unit. Write ${forms.join(', ')}${forms.length > 1 ? '' : ','} or ${last}`;
}

/** The remedy for text that `parseMs` refuses. */
export function expectedDuration(found: string): string {
  if (durationPattern.test(found.trim())) return `expected a duration of at most 3650d, found "${found}"`;
  return isBareNumber(found)
    ? unitMissing(found, ['s', 'ms'])
    : `expected a duration such as 30s, 500ms or 1m30s, found "${found}"`;
}

/** Powers of 1000, and with an i of 1024 (IEC 80000-13). */
const unitBytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** `10GB` → 10,000,000,000, `8MiB` → 8,388,608. Null without a unit, for parts of a byte, and for anything else. */
export function parseBytes(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(trimmed) ?? [];
  const exact = Number(amount) * (unitBytes[unit] ?? Number.NaN);
  // 2.3GB is a whole number of bytes, but not of floating-point arithmetic.
  const bytes = Math.round(exact);
  return Number.isSafeInteger(bytes) && Math.abs(exact - bytes) < 0.001 ? bytes : null;
}

/** The remedy for text that `parseBytes` refuses. */
export function expectedSize(found: string): string {
  return isBareNumber(found)
    ? unitMissing(found, ['MB', 'MiB', 'B'])
    : `expected a size such as 10GB, 512MiB or 100B, found "${found}"`;
}

/** `100/s` → 100, `600/m` → 10, per second. Null for anything else. */
export function parsePerSecond(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|sec|m|min|h)$/.exec(text.trim());
  if (!match) return null;
  const seconds = { s: 1, sec: 1, m: 60, min: 60, h: 3600 }[match[2] ?? 's'] ?? 1;
  return Number(match[1]) / seconds;
}

/** `1%` → 0.01, `0.01` → 0.01. Null for anything else. */
export function parseRatio(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim());
  return match ? Number(match[1]) / (match[2] === '%' ? 100 : 1) : null;
}

/** For people: `0B`, `256KiB`, `10GB`, `1500KB`; to a tenth where no unit fits. */
export function formatBytes(bytes: number): string {
  const units = Object.entries(unitBytes).filter(([name, size]) => name !== 'kB' && size <= bytes);
  const whole = units.filter(([, size]) => bytes % size === 0).sort(([, a], [, b]) => b - a)[0];
  if (whole && whole[1] > 1) return `${bytes / whole[1]}${whole[0]}`;
  const [name, size] = units.filter(([unit]) => !unit.includes('i')).at(-1) ?? ['B', 1];
  return `${Math.round((bytes / size) * 10) / 10}${name}`;
}

/** For people: `850ms`, `2.5s`, `1m30s`, `2h05m`. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${String(Math.round(ms))}ms`;
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 60) return `${String(seconds)}s`;
  const whole = Math.round(ms / 1000);
  const pad = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${String(Math.floor(whole / 60))}m${whole % 60 ? `${pad(whole % 60)}s` : ''}`;
  const minutes = Math.floor((whole % 3600) / 60);
  return `${String(Math.floor(whole / 3600))}h${minutes ? `${pad(minutes)}m` : ''}`;
}

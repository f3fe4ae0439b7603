import type { Host } from '../model/ports.ts';

/** Steps of a matcher that are over before anyone notices: some tenths of a second. */
const fewSteps = 1e8;
/** Texts of which every match may be looked for without a limit, by patterns that V8 bounds itself. */
const shortChars = 16_384;

/** All matches of a pattern that has the flag `g`, within bounds. Throws a `RangeError` when it takes too long. */
export function allMatches(pattern: RegExp, text: string, host: Pick<Host, 'bounded'>): RegExpExecArray[] {
  return within(pattern, text, { host, act: () => [...text.matchAll(pattern)] });
}

/** Whether a pattern is found, within bounds. Throws a `RangeError` when that takes too long. */
export function isFound(pattern: RegExp, text: string, host: Pick<Host, 'bounded'>): boolean {
  return within(pattern, text, { host, act: () => pattern.test(text) });
}

/** Does something with a pattern and a text: within a time limit where the two together may take long. */
export function within<T>(
  pattern: RegExp,
  text: string,
  { host, act }: { readonly host: Pick<Host, 'bounded'>; readonly act: () => T },
): T {
  if (!mayTakeLong(pattern, text.length)) return act();
  return host.bounded(`the pattern ${pattern.source}`, text.length, act);
}

/**
 * Whether so long a text may take the pattern long. What V8's matcher of linear time can take is bounded for each match
 * (decision 23); of the rest the steps are estimated: one more power of the length for each repetition without end, and
 * no bound where one stands within another.
 */
export function mayTakeLong(pattern: RegExp, characters: number): boolean {
  const powers = powersOf(pattern);
  if (powers === 'linear') return pattern.global && characters > shortChars;
  return characters ** powers > fewSteps;
}

const known = new WeakMap<RegExp, number | 'linear'>();

function powersOf(pattern: RegExp): number | 'linear' {
  const found = known.get(pattern);
  if (found !== undefined) return found;
  const powers = isLinear(pattern) ? 'linear' : 1 + repetitions(pattern.source);
  known.set(pattern, powers);
  return powers;
}

/** Whether V8 can match it in linear time: it says so by taking the flag `l`, where that is enabled. */
function isLinear({ source, flags }: RegExp): boolean {
  try {
    return new RegExp(source, `${flags}l`).flags.includes('l');
  } catch {
    return false;
  }
}

/** A class of characters, what is escaped, the start of a group, its end, a choice, or a repetition. */
const piece = /\[(?:\\.|[^\]\\])*\]|\\.|\((?:\?(?:<?[=!]|:|<\w+>))?|[)|?*+]|\{\d+(?:,\d*)?\}/gs;

/** How many repetitions a pattern has; infinitely many where a group that is repeated repeats something itself or chooses. */
function repetitions(source: string): number {
  const open = [{ inside: 0 }];
  let [total, closed] = [0, 0];
  for (const [text] of source.matchAll(piece)) {
    if (text.startsWith('(')) open.push({ inside: 0 });
    else if (/^[*+{]/.test(text)) total += closed > 0 ? Infinity : 1;
    closed = text === ')' ? (open.pop()?.inside ?? 0) : 0;
    const group = open.at(-1);
    if (group) group.inside += /^[|?*+{]/.test(text) ? 1 : closed;
  }
  return total;
}

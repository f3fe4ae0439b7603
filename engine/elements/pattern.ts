import { parsePattern } from '../template/pattern.ts';
import { messageOf } from '../model/errors.ts';

/** Number of groups in a pattern. */
export function groupCount(pattern: RegExp): number {
  return (new RegExp(`${pattern.source}|`, pattern.flags.replace('g', '')).exec('')?.length ?? 1) - 1;
}

/** Why a text of the author's is no pattern, or null. One with `${…}` is only known while the plan runs. */
export function patternMistake(text: unknown): string | null {
  if (typeof text !== 'string' || text.includes('${')) return null;
  try {
    parsePattern(text);
    return null;
  } catch (error) {
    return `${messageOf(error)}. Patterns are JavaScript's regular expressions, with (?i), (?s), (?m) at the start`;
  }
}

/**
 * A regular expression that finds all matches, in JavaScript's syntax; `(?i)`, `(?s)` and `(?m)` at its start are
 * understood. Throws a `RangeError` that says what is wrong with it.
 */
export function globalPattern(text: string): RegExp {
  const [head = '', flags = ''] = /^\(\?([ims]+)\)/.exec(text) ?? [];
  try {
    return new RegExp(text.slice(head.length), [...new Set(flags), 'g'].join(''));
  } catch (error) {
    throw new RangeError(`"${text}" is not a regular expression: ${String(error)}`);
  }
}

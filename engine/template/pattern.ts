/** What a pattern's user asks of it beyond the pattern itself. */
export interface PatternUse {
  /** The whole text must match, as Java's `matches`. */
  readonly whole?: boolean;
  /** All matches are wanted. */
  readonly global?: boolean;
}

/** `(?i)` and its like, which Java and Perl write at the start of a pattern. */
const inlineFlags = /^\(\?([a-z]+)\)/;

/**
 * A regular expression in JavaScript's syntax. `(?i)`, `(?s)`, `(?m)` at its start are understood.
 *
 * As in JMeter the dot matches no line end unless `(?s)` is said. Throws a `SyntaxError`.
 */
export function parsePattern(text: string, { whole = false, global = false }: PatternUse = {}): RegExp {
  const [head = '', letters = ''] = inlineFlags.exec(text) ?? [];
  const strange = /[^ims]/.exec(letters)?.[0];
  if (strange) throw new SyntaxError(`the flag ${strange} of ${head} is unknown. Known: i, m, s`);
  const body = text.slice(head.length);
  const source = whole ? bounds(letters.includes('m')).join(`(?:${body})`) : body;
  return new RegExp(source, [...new Set(letters), global ? 'g' : ''].join(''));
}

/** The ends of the text. With (?m) `^` and `$` match at any line; without it V8 can bound what they cost. */
function bounds(isMultiline: boolean): readonly [start: string, end: string] {
  return isMultiline ? ['(?<![^])', '(?![^])'] : ['^', '$'];
}

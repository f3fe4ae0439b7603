/** A text as a regular expression that matches it and nothing else, with any flags, outside of `[…]` (ECMA-262, SyntaxCharacter). */
export function literalPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** One pointer for many words. */
export function named(pointer: string, words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [lettersOf(word), pointer]));
}

/** A word without case, and without what only parts it: `ramp-up`, `ramp_up` and `rampUp` are one. */
export function lettersOf(word: string): string {
  return word
    .slice(0, 60)
    .toLowerCase()
    .replaceAll(/[-_\s]/g, '');
}

/** The same word in our spelling, if that is known. */
export function sameLetters(word: string, known: Iterable<string>): string | undefined {
  const letters = lettersOf(word);
  for (const one of known) if (lettersOf(one) === letters) return one;
  return undefined;
}

import { dateFields } from './date-fields.ts';
import { dateNames, type DateNames } from './date-names.ts';
import { dateTokens, type DateToken } from './date-tokens.ts';

/**
 * A formatter for a Java date pattern (`java.time.format.DateTimeFormatter`), in the machine's time zone. Fractions
 * of a second end at the millisecond; `B`, `g` and the padding `p` are not there.
 *
 * Names are in the language of `locale` (`de`, `en_GB`); English when it is empty. Throws a `RangeError`.
 */
export function datePattern(pattern: string, locale = ''): (epochMs: number) => string {
  const names = dateNames(locale);
  const pieces = writers(dateTokens(pattern), names, pattern);
  return (epochMs) => {
    const date = new Date(epochMs);
    let text = '';
    for (const piece of pieces) text += piece(date);
    return text;
  };
}

function writers(
  tokens: readonly DateToken[],
  names: DateNames,
  pattern: string,
): readonly ((date: Date) => string)[] {
  return tokens.flatMap((token) => {
    if ('optional' in token) return writers(token.optional, names, pattern);
    if ('text' in token) return () => token.text;
    const { letter, width } = token;
    const field = dateField(letter, pattern);
    return (date: Date) => field.write(date, width, names);
  });
}

/** What a letter means, or a `RangeError` that names it. */
export function dateField(letter: string, pattern: string) {
  const field = dateFields[letter];
  if (!field) throw new RangeError(`the letter "${letter}" in the date pattern "${pattern}" is not known`);
  return field;
}

/** A piece of a date pattern: text as it stands, a letter so many times, or what may be missing when a date is read. */
export type DateToken =
  | { readonly text: string }
  | { readonly letter: string; readonly width: number }
  | { readonly optional: readonly DateToken[] };

const pieces = /'((?:[^']|'')*)'|([A-Za-z])\2*|\[|\]|[^A-Za-z'[\]]+|'/g;

/** Takes a Java date pattern apart. Throws a `RangeError` when a quote or a `]` has no partner. */
export function dateTokens(pattern: string): readonly DateToken[] {
  const open: DateToken[][] = [[]];
  const add = (token: DateToken) => open.at(-1)?.push(token);
  const close = () => {
    const optional = open.pop() ?? [];
    if (open.length === 0) throw new RangeError(`the date pattern "${pattern}" has a "]" without a "["`);
    add({ optional });
  };
  for (const [whole, quoted, letter] of pattern.matchAll(pieces)) {
    if (quoted !== undefined) add({ text: quoted === '' ? "'" : quoted.replaceAll("''", "'") });
    else if (letter !== undefined) add({ letter, width: whole.length });
    else if (whole === '[') open.push([]);
    else if (whole === ']') close();
    else if (whole === "'") throw new RangeError(`the date pattern "${pattern}" has a quote without an end`);
    else add({ text: whole });
  }
  while (open.length > 1) close();
  return open[0] ?? [];
}

/**
 * A command line as the list of its arguments, split as a shell would, which is not asked: at spaces, with `'…'` as it
 * stands, `"…"` and `\` as in POSIX (Shell Command Language, 2.2). Nothing is expanded: `$HOME`, `*` and `|` are texts.
 * Null when a quote is not closed.
 */
export function splitCommand(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let rest = text;
  while (rest !== '') {
    const match = tokenPattern.exec(rest);
    if (match === null) return null;
    const [token, space] = match;
    rest = rest.slice(token.length);
    if (space === undefined) word = (word ?? '') + unquoted(match);
    else if (word !== null) words.push(word);
    if (space !== undefined) word = null;
  }
  return word === null ? words : [...words, word];
}

function unquoted([token, , single, double, escaped]: RegExpExecArray): string {
  return single ?? double?.replaceAll(/\\([$`"\\])/g, '$1') ?? escaped ?? token;
}

/** Spaces; `'…'`; `"…"`; an escaped character; a run of ordinary ones. Each pass takes one, from the start. */
const tokenPattern = /^(?:(\s+)|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|[^\s'"\\]+)/;

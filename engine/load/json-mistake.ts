export interface Mistake {
  readonly offset: number;
  readonly message: string;
}

const pieces = /"(?:\\.|[^"\\\n])*"|"|[{}[\]]|(?<=^|[\s,{}[\]])(?:\/\/|\/\*)/gm;
const closers: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
]);

/** Whether a file is meant to be JSON: it says so, or begins as only JSON usually does. */
export function isMeantAsJson(file: string, text: string): boolean {
  return /\.json$/i.test(file) || /^\s*\{\s*"/.test(text);
}

/** A comment in a text that is meant to be JSON; YAML would take it for a part of a key or value. */
export function jsonComment(text: string): Mistake | null {
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (piece === '"') return null;
    if (!piece.startsWith('/')) continue;
    const message = 'JSON has no comments. Take it out, or write the plan as YAML, where # begins one.';
    return { offset: index, message };
  }
  return null;
}

/** A text or a bracket that is not closed, in a text that is meant to be JSON; else null. */
export function jsonMistake(text: string): Mistake | null {
  const open: string[] = [];
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (piece === '"') return { offset: index, message: 'the text that begins here has no closing quote.' };
    if (closers.has(piece)) open.push(closers.get(piece) ?? '');
    else if (piece === '}' || piece === ']') {
      const expected = open.pop();
      if (expected === piece) continue;
      const remedy =
        expected === undefined ? 'Nothing is open here: take it out' : `Expected "${expected}" first`;
      return { offset: index, message: `unexpected "${piece}". ${remedy}.` };
    }
  }
  const next = open.at(-1);
  if (next === undefined) return null;
  const count = open.length === 1 ? '1 bracket is' : `${open.length} brackets are`;
  const message = `the JSON ends here, and ${count} still open. Expected "${next}". Was the file cut off?`;
  return { offset: text.trimEnd().length, message };
}

/** What V8 says of JSON that it cannot read, by the beginning of its message, and what to do. */
const wordings: readonly (readonly [beginning: RegExp, message: string])[] = [
  [/^Expected ':' after property name/, 'a colon is missing before this: "name": value.'],
  [/^Expected ',' or/, 'a comma is missing before this.'],
  [/^Expected (?:double-quoted )?property name/, 'expected a name in double quotes: "name": value.'],
  [
    /^Bad escaped character/,
    'a backslash escapes one of " \\ / b f n r t and u with four digits. Write \\\\ for a backslash.',
  ],
  [/^Bad control character/, 'a line end or tab within a text. Write it \\n or \\t.'],
];

/** What else is wrong with JSON, where the parser of it stumbles; null when it does not, or has nothing to say. */
export function jsonStumble(text: string): Mistake | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const said = error instanceof SyntaxError ? error.message : '';
    const offset = Number(/ at position (\d+)/.exec(said)?.[1]);
    const message = wordings.find(([beginning]) => beginning.test(said))?.[1];
    if (Number.isNaN(offset) || message === undefined) return null;
    return text[offset] === ',' ? { offset, message: 'a comma too much. Take it out.' } : { offset, message };
  }
}

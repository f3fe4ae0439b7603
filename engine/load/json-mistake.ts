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

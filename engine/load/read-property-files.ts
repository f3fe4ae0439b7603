import type { Position } from '../model/errors.ts';
import { readText } from './read-text.ts';
import type { Problems } from './problems.ts';

/** What is read, for those who give something else. */
const propertyFile = {
  of: 'A file of properties has lines name=value, in UTF-8.',
  remedy: 'Name a file of name=value lines',
};

/** A value with the place where it stands. */
export interface FileValue {
  readonly value: string;
  readonly at: Position;
}

/**
 * The values of `-p` and `-q` files by name, the later file winning.
 *
 * Lines are `name=value` as in Java properties, without escapes and continuations; `#` and `!` begin
 * comments. Blanks around names and values are dropped.
 */
export async function readPropertyFiles(
  files: readonly string[],
  problems: Problems,
): Promise<Map<string, FileValue>> {
  const values = new Map<string, FileValue>();
  for (const file of files) {
    const read = await readText(file, file, propertyFile);
    if ('refusal' in read) problems.add(undefined, `properties: ${read.refusal}`);
    else addLines(values, { file, text: read.text }, problems);
  }
  return values;
}

function addLines(
  values: Map<string, FileValue>,
  { file, text }: { readonly file: string; readonly text: string },
  problems: Problems,
): void {
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue;
    const at: Position = { file, line: index + 1, column: raw.length - raw.trimStart().length + 1 };
    const end = line.indexOf('=');
    const name = line.slice(0, Math.max(0, end)).trim();
    // The line may be a secret: it is not quoted.
    if (name === '') problems.add(at, `expected name=value, found ${end < 0 ? 'no "="' : 'no name'}.`);
    else values.set(name, { value: line.slice(end + 1).trim(), at });
  }
}

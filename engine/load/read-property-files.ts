import { readText } from './read-text.ts';
import type { Problems } from './problems.ts';
import { quote } from './shapes.ts';

/**
 * The values of `-q` files by name, the later file winning.
 *
 * Lines are `name=value` as in Java properties, without escapes and continuations; `#` and `!` begin
 * comments. Blanks around names and values are dropped.
 */
export async function readPropertyFiles(
  files: readonly string[],
  problems: Problems,
): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  for (const file of files) {
    const read = await readText(file);
    if ('refusal' in read) problems.add(undefined, `-q: ${read.refusal}`);
    else addLines(values, read.text, (line, message) => problems.add({ file, line, column: 1 }, message));
  }
  return values;
}

function addLines(
  values: Map<string, string>,
  text: string,
  report: (line: number, message: string) => void,
): void {
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue;
    const end = line.indexOf('=');
    const name = line.slice(0, Math.max(0, end)).trim();
    if (name === '') report(index + 1, `expected name=value, found ${quote(line)}.`);
    else values.set(name, line.slice(end + 1).trim());
  }
}

import type { YAMLError } from 'yaml';

/** What is wrong with the syntax and what to do, in the words of someone who writes plans. */
export function yamlMessage({ code, message, pos }: YAMLError, text: string): string {
  if (cutsTemplate(text, pos[0])) {
    return 'a template inside {…} or […] needs quotes: {path: "/items/${id}"}.';
  }
  if (/^\{\{\s*[\w$.]+\s*\}\}/.test(text.slice(pos[0], pos[0] + 100)))
    return 'a variable is written ${name}, not {{name}}; in quotes where a text begins with a brace.';
  if (code === 'MISSING_CHAR' && message.startsWith('Missing , ')) return 'a comma is missing before this.';
  if (code === 'MISSING_CHAR' && message.startsWith('Missing closing '))
    return 'a text has no closing quote.';
  if (code === 'UNEXPECTED_TOKEN' && /flow-(seq|map)-start/.test(message)) {
    return 'a text that holds [ or { needs quotes inside {…} or […]: { id: "$.items[0].id" }.';
  }
  return remedies[code] ?? `this is not YAML: ${clip(message)}.`;
}

const remedies: Partial<Record<YAMLError['code'], string>> = {
  BLOCK_AS_IMPLICIT_KEY:
    'a second ": " or a wrong indent. Put text that holds ": " in quotes, or check the spaces before it.',
  MULTILINE_IMPLICIT_KEY:
    'expected "key: value" on one line. Check the indent, and that the colon has a space after it.',
  BAD_INDENT:
    'wrong indent: the items of a list start in one column; {…} and […] are closed, and indented more than their key.',
  TAB_AS_INDENT: 'found a tab as indent. YAML is indented with spaces.',
  RESOURCE_EXHAUSTION: 'nested too deeply.',
  NON_STRING_KEY: 'a key must be a plain text.',
  BAD_SCALAR_START: 'text that starts with one of ` @ % & * ! | > needs quotes.',
  MULTIPLE_DOCS: 'a file holds one plan, found a second document.',
};

/** Whether the parser stumbled over the brace of `${…}`, which in flow style opens or closes a mapping. */
function cutsTemplate(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? undefined : end).slice(0, 500);
  return /[{[][^"']*\$\{/.test(line) && /[$}]/.test(line.slice(Math.max(0, offset - start - 1)));
}

/** The messages of the parser quote the file, which may be long. */
function clip(message: string): string {
  const plain = message.replace(/\s+/g, ' ');
  return plain.length > 120 ? `${plain.slice(0, 117)}…` : plain;
}

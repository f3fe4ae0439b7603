import { SaxesParser } from 'saxes';

/** The first thing that is not well-formed in a text that should be XML, as `line:column: what`; or null. */
export function xmlMistake(text: string): string | null {
  const parser = new SaxesParser();
  let first: string | null = null;
  parser.on('error', (error) => (first ??= error.message));
  parser.write(text).close();
  return first;
}

import { SaxesParser } from 'saxes';
import { messageOf } from '../../model/errors.ts';

/** The first thing that is not well-formed in a text that should be XML, as `line:column: what`; or null. */
export function xmlMistake(text: string): string | null {
  const parser = new SaxesParser();
  let first: string | null = null;
  parser.on('error', (error) => (first ??= messageOf(error)));
  parser.write(text).close();
  return first;
}

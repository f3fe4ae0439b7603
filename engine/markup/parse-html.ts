import { parseDocument } from 'htmlparser2';

export type HtmlDocument = ReturnType<typeof parseDocument>;

/** Any text as an HTML document, as a browser would read it. */
export function parseHtml(text: string): HtmlDocument {
  return parseDocument(text);
}

import { compile, selectAll } from 'css-select';
import { getAttributeValue, textContent } from 'domutils';
import { parseHtml, type HtmlDocument } from '../../markup/parse-html.ts';

export { parseHtml };
import type { Answer } from '../element.ts';
import { messageOf } from '../../model/errors.ts';

type HtmlNode = HtmlDocument['children'][number];
type HtmlElement = Parameters<typeof getAttributeValue>[0];

/** Finds elements of a document, as texts. */
export type HtmlQuery = (document: HtmlDocument, attribute: string | undefined) => string[];

/** A CSS selector, ready to be used. Throws when it is none. */
export function htmlQuery(selector: string): HtmlQuery {
  const query = compile<HtmlNode, HtmlElement>(selector);
  return (document, attribute) =>
    selectAll<HtmlNode, HtmlElement>(query, document.children).flatMap((element) => {
      if (attribute === undefined) return [textContent(element).replaceAll(/\s+/g, ' ').trim()];
      return getAttributeValue(element, attribute) ?? [];
    });
}

/** Why a text is no selector, or null. */
export function selectorMistake(selector: unknown): string | null {
  if (typeof selector !== 'string' || selector.includes('${')) return null;
  try {
    htmlQuery(selector);
    return null;
  } catch (error) {
    return `"${selector}" is not a CSS selector: ${messageOf(error)}`;
  }
}

const documents = new WeakMap<Answer, HtmlDocument>();

/** The body of an answer, which is the text, as HTML, parsed once however many look at it. Parses anything, as a browser does. */
export function htmlOf(answer: Answer, text: string): HtmlDocument {
  let document = documents.get(answer);
  if (!document) documents.set(answer, (document = parseHtml(text)));
  return document;
}

import { xmlParser } from '../../markup/xml-parser.ts';
import type { XmlDocument, XPathFound } from '../../markup/xml.ts';
import { remembered } from '../../template/remembered.ts';
import type { RenderScope } from '../../template/scope.ts';
import type { Answer } from '../element.ts';
import { sourceText } from '../source.ts';
import { lookThrough } from './look-through.ts';

const documents = new WeakMap<Answer, XmlDocument>();

/** The body of an answer as XML, parsed once however many look at it. The parser must be loaded. */
function xmlOf(answer: Answer, text: string): XmlDocument {
  let document = documents.get(answer);
  if (!document) documents.set(answer, (document = xmlParser.use.parseXml(text)));
  return document;
}

interface XPathOptions {
  readonly xpath: string;
  readonly namespaces: Readonly<Record<string, string>>;
  /** A variable whose text is looked at instead of the answer. */
  readonly source?: string | undefined;
  readonly fragment?: boolean;
}

/** What an XPath finds in an answer or a variable, or why that is no XML. Throws a `RangeError` when it takes too long. */
export type FindXPath = (
  answer: Answer,
  user: RenderScope,
  options: XPathOptions,
) => XPathFound | { readonly mistake: string };

/** Finds by XPath, expressions remembered. The parser must be loaded. */
export function findXPath(): FindXPath {
  const queryOf = remembered(xmlParser.use.xpathQuery);
  return (answer, user, { xpath, namespaces, source, fragment = false }) => {
    const query = queryOf(xpath);
    return lookThrough(sourceText(answer, user, { source }), {
      what: `the XPath ${xpath}`,
      host: user.host,
      read: (text) => (source === undefined ? xmlOf(answer, text) : xmlParser.use.parseXml(text)),
      ask: (xml) => ('mistake' in xml ? xml : query(xml.document, { namespaces, asXml: fragment })),
    });
  };
}

import { parse } from 'xpath';
import { parseXml, type XmlDocument } from './read-xml.ts';
import { nodeTypes, type XmlNode } from './xml-node.ts';
import { xmlText } from './xml-text.ts';
import { useQuickSets } from './xpath-sets.ts';

export { parseXml, type XmlDocument, type XmlNode };

useQuickSets();

/** What an expression gives: texts of the nodes, or of its one value; and whether it is true, as XPath sees it. */
export interface XPathFound {
  readonly texts: readonly string[];
  readonly isTrue: boolean;
}

export interface XPathOptions {
  readonly namespaces: Readonly<Record<string, string>>;
  /** Nodes as XML instead of as their text. */
  readonly asXml?: boolean;
  /** Names without a prefix stand for whatever is written without one, in any namespace. */
  readonly anyNamespace?: boolean;
}

export type XPathQuery = (document: XmlNode, options: XPathOptions) => XPathFound;

/** An XPath 1.0 expression, ready to be used. Throws when it is none. */
export function xpathQuery(expression: string): XPathQuery {
  const parsed = parse(expression);
  return (document, { namespaces, asXml = false, anyNamespace = false }) => {
    const value = parsed.evaluate({
      node: document,
      namespaces,
      allowAnyNamespaceForNoPrefix: anyNamespace,
    });
    const nodes = value.toArray?.();
    const texts = nodes
      ? nodes.map((node) => (asXml ? xmlText(node) : nodeText(node)))
      : [value.stringValue()];
    return { texts, isTrue: value.booleanValue() };
  };
}

function nodeText(node: XmlNode): string {
  return node.nodeType === nodeTypes.document ? '' : node.textContent;
}

/** Why a text is no XPath expression, or null. */
export function xpathMistake(expression: unknown): string | null {
  if (typeof expression !== 'string' || expression.includes('${')) return null;
  try {
    parse(expression);
    return null;
  } catch (error) {
    return `"${expression}" is not an XPath 1.0 expression: ${reason(error)}. Write, for example, //item/@id`;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

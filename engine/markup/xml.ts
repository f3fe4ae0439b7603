import { DOMParser, onWarningStopParsing, XMLSerializer, type Document, type Node } from '@xmldom/xmldom';
import { parse } from 'xpath';
import { keepOrder } from './document-order.ts';

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

export type XPathQuery = (document: Document, options: XPathOptions) => XPathFound;

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

function nodeText(node: Node): string {
  return (node.nodeType === node.DOCUMENT_NODE ? '' : (node.textContent ?? node.nodeValue)) ?? '';
}

function xmlText(node: Node): string {
  return node.nodeType === node.ATTRIBUTE_NODE ? nodeText(node) : serializer.serializeToString(node);
}

const serializer = new XMLSerializer();

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

/** A document, or why the text is none. */
export type XmlDocument = { readonly document: Document } | { readonly mistake: string };

/** Strict; what a DTD declares is not read, so that an answer can neither fetch nor swell anything. */
export function parseXml(text: string): XmlDocument {
  try {
    const document = new DOMParser({ onError: onWarningStopParsing }).parseFromString(text, 'text/xml');
    keepOrder(document);
    return { document };
  } catch (error) {
    return { mistake: reason(error) };
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import type { Node } from '@xmldom/xmldom';

/**
 * As much of the package `xpath` as is used here: an expression that is parsed once, which its own types leave out.
 * `tsconfig.json` puts this in their place, because they declare a browser's globals (`document`, `name` …) everywhere.
 */
export function parse(expression: string): {
  evaluate(context: {
    readonly node: unknown;
    readonly namespaces: Readonly<Record<string, string>>;
    /** Names without a prefix are those written without one, whatever their default namespace. */
    readonly allowAnyNamespaceForNoPrefix: boolean;
  }): XPathValue;
};

interface XPathValue {
  stringValue(): string;
  booleanValue(): boolean;
  /** Nodes in the order of the document; only a set of nodes has it. */
  toArray?(): Node[];
}

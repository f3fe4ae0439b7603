/**
 * As much of the package `xpath` as is used here: an expression that is parsed once, which its own types leave out, and what
 * `xpath-sets.ts` replaces. `tsconfig.json` puts this in place of its own types, because they declare a browser's globals
 * (`document`, `name` …) everywhere.
 */
import type { XmlNode } from './xml-node.ts';

export function parse(expression: string): {
  evaluate(context: {
    readonly node: XmlNode;
    readonly namespaces: Readonly<Record<string, string>>;
    /** Names without a prefix are those written without one, whatever their default namespace. */
    readonly allowAnyNamespaceForNoPrefix: boolean;
  }): XPathValue;
};

interface XPathValue {
  stringValue(): string;
  booleanValue(): boolean;
  /** Nodes in the order of the document; only a set of nodes has it. */
  toArray?(): XmlNode[];
}

/** A set of nodes; each must be in it once. */
interface NodeSet {
  nodes: XmlNode[];
  size: number;
}

/** What its CommonJS module exports besides; Node finds only `parse` by name. */
declare const everything: {
  readonly XNodeSet: {
    readonly prototype: {
      add(this: NodeSet, node: XmlNode): void;
      addArray(this: NodeSet, nodes: readonly XmlNode[]): void;
      toArray(this: NodeSet): XmlNode[];
      first(this: NodeSet): XmlNode | null;
    };
  };
  readonly PathExpr: {
    applySteps: (
      steps: readonly unknown[],
      context: unknown,
      nodes: readonly XmlNode[],
    ) => readonly XmlNode[];
  };
};
// eslint-disable-next-line no-restricted-syntax -- a CommonJS module has no other door
export default everything;

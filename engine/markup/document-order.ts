import { Element, type Document, type Node } from '@xmldom/xmldom';

/** As in `Node.DOCUMENT_POSITION_PRECEDING` and `…_FOLLOWING`. */
const preceding = 2;
const following = 4;

/**
 * Numbers the nodes of a document, and has them compare by their numbers.
 *
 * For every predicate and result xpath sorts nodes by comparing them in pairs, and xmldom's own comparison walks
 * over all siblings: `//i[@id="1"]` of a thousand elements takes 800 ms with it, and less than 10 without.
 */
export function keepOrder(document: Document): void {
  const places = new Map<Node, number>();
  function compare(this: Node, other: Node): number {
    return (places.get(other) ?? 0) < (places.get(this) ?? 0) ? preceding : following;
  }
  for (const node of nodesOf(document)) {
    places.set(node, places.size);
    node.compareDocumentPosition = compare;
  }
}

/** All nodes in the order of the document, attributes behind their element; without recursion, however deep. */
function* nodesOf(document: Document): Generator<Node> {
  let node: Node | null = document;
  while (node) {
    yield node;
    if (node instanceof Element) yield* node.attributes;
    node = node.firstChild ?? nextOutside(node);
  }
}

/** The next node that does not lie in this one. */
function nextOutside(node: Node): Node | null {
  let outer: Node | null = node;
  while (outer && !outer.nextSibling) outer = outer.parentNode;
  return outer?.nextSibling ?? null;
}

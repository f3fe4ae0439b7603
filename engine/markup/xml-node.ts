/** Node types as the DOM numbers them, as far as they occur here. */
export const nodeTypes = {
  element: 1,
  attribute: 2,
  text: 3,
  cdata: 4,
  instruction: 7,
  comment: 8,
  document: 9,
} as const;

/** What a node is called: `a:b` in its parts, and the namespace that the prefix stands for. */
export interface XmlName {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
}

/** Where the next node of a document stands; counted up by each. */
export interface Place {
  readonly document: XmlNode | null;
  next: number;
}

const noAttributes: readonly XmlNode[] = [];

/**
 * A node of a document, with as much of the DOM as XPath reads. One shape for all kinds of nodes, because forty
 * thousand of them are made for one large answer.
 */
export class XmlNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly prefix: string | null;
  readonly localName: string | null;
  readonly namespaceURI: string | null;
  readonly ownerDocument: XmlNode | null;
  /** Its place in the order of the document; attributes follow their element. */
  readonly place: number;
  /** Of an attribute; null for other nodes. */
  ownerElement: XmlNode | null = null;
  parentNode: XmlNode | null = null;
  firstChild: XmlNode | null = null;
  lastChild: XmlNode | null = null;
  previousSibling: XmlNode | null = null;
  nextSibling: XmlNode | null = null;
  #attributes = noAttributes;

  /** Positional, and without an object for what is given: forty thousand of these are made at a time. */
  constructor(nodeType: number, name: XmlName | string, value: string | null, at: Place) {
    this.nodeType = nodeType;
    this.nodeValue = value;
    this.ownerDocument = at.document;
    this.place = at.next++;
    if (typeof name === 'string') {
      this.nodeName = name;
      this.prefix = this.localName = this.namespaceURI = null;
    } else {
      this.nodeName = name.name;
      this.prefix = name.prefix;
      this.localName = name.local;
      this.namespaceURI = name.uri;
    }
  }

  /** What XPath asks of an attribute. */
  get name(): string {
    return this.nodeName;
  }

  get value(): string {
    return this.nodeValue ?? '';
  }

  /** What the DOM calls the attributes of an element. */
  get attributes(): { readonly length: number; item(index: number): XmlNode | undefined } {
    const list = this.#attributes;
    return { length: list.length, item: (index) => list[index] };
  }

  get attributeNodes(): readonly XmlNode[] {
    return this.#attributes;
  }

  set attributeNodes(nodes: readonly XmlNode[]) {
    this.#attributes = nodes;
  }

  get documentElement(): XmlNode | null {
    return this.#childOfType(nodeTypes.element);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.find(({ nodeName }) => nodeName === name)?.value ?? null;
  }

  getAttributeNS(uri: string | null, local: string): string | null {
    const isMeant = (one: XmlNode) => one.localName === local && (one.namespaceURI ?? '') === (uri ?? '');
    return this.#attributes.find(isMeant)?.value ?? null;
  }

  /** No DTD is read, so no attribute is known to be an ID. */
  getElementById(): null {
    return null;
  }

  getElementsByTagName(name: string): XmlNode[] {
    return [...this.descendants()].filter(
      (node) => node.nodeType === nodeTypes.element && (name === '*' || node.nodeName === name),
    );
  }

  /** The text of a text, comment or attribute; of an element all texts in it. */
  get textContent(): string {
    if (this.nodeType !== nodeTypes.element && this.nodeType !== nodeTypes.document) return this.value;
    let text = '';
    for (const { nodeType, value } of this.descendants()) {
      if (nodeType === nodeTypes.text || nodeType === nodeTypes.cdata) text += value;
    }
    return text;
  }

  append(child: XmlNode): void {
    child.parentNode = this;
    child.previousSibling = this.lastChild;
    if (this.lastChild) this.lastChild.nextSibling = child;
    else this.firstChild = child;
    this.lastChild = child;
  }

  /** All nodes in it but attributes, in the order of the document; without recursion, however deep. */
  *descendants(): Generator<XmlNode> {
    let node = this.firstChild;
    while (node) {
      yield node;
      node = node.firstChild ?? this.#nextOutside(node);
    }
  }

  children(): XmlNode[] {
    const found: XmlNode[] = [];
    for (let child = this.firstChild; child; child = child.nextSibling) found.push(child);
    return found;
  }

  /** The next node in this one that does not lie in the given one. */
  #nextOutside(node: XmlNode): XmlNode | null {
    let outer: XmlNode | null = node;
    while (outer && outer !== this && !outer.nextSibling) outer = outer.parentNode;
    return outer === this ? null : (outer?.nextSibling ?? null);
  }

  #childOfType(nodeType: number): XmlNode | null {
    return this.children().find((child) => child.nodeType === nodeType) ?? null;
  }
}

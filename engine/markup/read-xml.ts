import { SaxesParser } from 'saxes';
import { refuseTooDeep } from './depth.ts';
import { nodeTypes, XmlNode, type XmlName } from './xml-node.ts';

/** A document and how deep its elements lie in each other, or why the text is none. */
export type XmlDocument =
  { readonly document: XmlNode; readonly depth: number } | { readonly mistake: string; readonly depth: 0 };

/**
 * Strict; what a DTD declares is not read, so that an answer can neither fetch nor swell anything. Throws a `RangeError`
 * for a document that is too deep.
 */
export function parseXml(text: string): XmlDocument {
  try {
    return new Reader().read(text);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { mistake: error instanceof Error ? error.message : String(error), depth: 0 };
  }
}

/** Builds the tree while the parser goes through the text. */
class Reader {
  readonly #document = new XmlNode(nodeTypes.document, '#document', null, { document: null, next: 0 });
  readonly #place = { document: this.#document, next: 1 };
  #open = this.#document;
  #depth = 0;
  #deepest = 0;

  read(text: string): XmlDocument {
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) => this.#element(tag, tag.attributes));
    parser.on('closetag', () => {
      this.#depth -= 1;
      this.#open = this.#open.parentNode ?? this.#document;
    });
    parser.on('text', (value) => {
      if (this.#depth > 0) this.#add(nodeTypes.text, '#text', value);
    });
    parser.on('cdata', (value) => this.#add(nodeTypes.cdata, '#cdata-section', value));
    parser.on('comment', (value) => this.#add(nodeTypes.comment, '#comment', value));
    parser.on('processinginstruction', ({ target, body }) => this.#add(nodeTypes.instruction, target, body));
    parser.write(text).close();
    return { document: this.#document, depth: this.#deepest };
  }

  #element(name: XmlName, attributes: Readonly<Record<string, XmlName & { readonly value: string }>>): void {
    const element = this.#add(nodeTypes.element, name, null);
    const nodes: XmlNode[] = [];
    for (const attribute of Object.values(attributes)) {
      const node = new XmlNode(nodeTypes.attribute, attribute, attribute.value, this.#place);
      node.ownerElement = element;
      nodes.push(node);
    }
    if (nodes.length > 0) element.attributeNodes = nodes;
    this.#open = element;
    this.#depth += 1;
    if (this.#depth > this.#deepest) this.#deepest = this.#depth;
    refuseTooDeep(this.#depth);
  }

  #add(nodeType: number, name: XmlName | string, value: string | null): XmlNode {
    const node = new XmlNode(nodeType, name, value, this.#place);
    this.#open.append(node);
    return node;
  }
}

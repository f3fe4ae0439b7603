import { nodeTypes, type XmlNode } from './xml-node.ts';

/** Prefixes, the empty one for what has none, and what they stand for. */
type Namespaces = ReadonlyMap<string, string>;

const alwaysDeclared: Namespaces = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ['xmlns', 'http://www.w3.org/2000/xmlns/'],
]);

/** A node as XML; of an attribute its value. Namespaces that an element takes from around it are declared in it. */
export function xmlText(node: XmlNode): string {
  return node.nodeType === nodeTypes.attribute ? node.value : written(node, alwaysDeclared);
}

function written(node: XmlNode, around: Namespaces): string {
  switch (node.nodeType) {
    case nodeTypes.text:
      return escaped(node.value, /[&<>]/g);
    case nodeTypes.cdata:
      return `<![CDATA[${node.value}]]>`;
    case nodeTypes.comment:
      return `<!--${node.value}-->`;
    case nodeTypes.instruction:
      return `<?${node.nodeName} ${node.value}?>`;
    case nodeTypes.document:
      return writtenInside(node, around);
    default:
      return writtenElement(node, around);
  }
}

function writtenElement(node: XmlNode, around: Namespaces): string {
  const declared = new Map([...around, ...declarations(node.attributeNodes)]);
  const missing = [node, ...node.attributeNodes.filter(({ prefix }) => prefix)].flatMap((named) => {
    const [prefix, uri] = [named.prefix ?? '', named.namespaceURI ?? ''];
    if ((declared.get(prefix) ?? '') === uri) return [];
    declared.set(prefix, uri);
    return [[prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri] as const];
  });
  const attributes = [...node.attributeNodes.map(({ name, value }) => [name, value] as const), ...missing];
  const head = `<${node.nodeName}${attributes.map(writtenAttribute).join('')}`;
  return node.firstChild ? `${head}>${writtenInside(node, declared)}</${node.nodeName}>` : `${head}/>`;
}

function writtenInside(node: XmlNode, declared: Namespaces): string {
  return node
    .children()
    .map((child) => written(child, declared))
    .join('');
}

function declarations(attributes: readonly XmlNode[]): (readonly [prefix: string, uri: string])[] {
  return attributes.flatMap(({ name, value }) => {
    if (name === 'xmlns') return [['', value] as const];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), value] as const] : [];
  });
}

function writtenAttribute([name, value]: readonly [name: string, value: string]): string {
  return ` ${name}="${escaped(value, /[&<>"\t\n\r]/g)}"`;
}

function escaped(text: string, special: RegExp): string {
  return text.replaceAll(special, (character) => entities[character] ?? `&#${character.charCodeAt(0)};`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

import { isMap, isNode, isScalar, parseDocument, type Document } from 'yaml';
import type { Plan } from '../model/plan.ts';

/** What stands in the place of a secret that is written in a plan. */
const masked = '"***"';

/** The text of a plan file with `***` where it writes a secret: its default, and its value in an environment. */
export function maskedSource({ source, properties }: Pick<Plan, 'source' | 'properties'>): string {
  const secrets = properties.flatMap(({ name, secret }) => (secret ? [name] : []));
  if (secrets.length === 0) return source;
  const document = parseDocument(source, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const places = secrets.flatMap((name) => [
    ['properties', name, 'default'],
    ...environmentsOf(document).map((environment) => ['environments', environment, 'properties', name]),
  ]);
  const parts = places.flatMap((path) => rangeOf(document.getIn(path, true)));
  parts.sort(([one], [other]) => other - one);
  return parts.reduce((text, [start, end]) => text.slice(0, start) + masked + text.slice(end), source);
}

function environmentsOf(document: Document): string[] {
  const environments = document.get('environments');
  return isMap(environments)
    ? environments.items.map(({ key }) => String(isScalar(key) ? key.value : key))
    : [];
}

/** Where a value stands; a text that is nothing but a hole is no secret. */
function rangeOf(node: unknown): [start: number, end: number][] {
  if (!isNode(node) || !node.range) return [];
  const isHole = isScalar(node) && typeof node.value === 'string' && /^\$\{[^}]*\}$/.test(node.value);
  return isHole || (isScalar(node) && node.value === null) ? [] : [[node.range[0], node.range[1]]];
}

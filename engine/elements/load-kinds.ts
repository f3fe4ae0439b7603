import { templateFunctions } from '../template/functions/index.ts';
import { assertions, dataSources, extractors } from './index.ts';

type Load = () => Promise<void>;

/**
 * Loads what the elements and functions of some plan need besides themselves, such as parsers. Before they are
 * checked or built.
 *
 * `plan` is any tree of objects in which elements have a `kind` and functions stand by their name, in text or alone.
 */
export async function loadKinds(plan: unknown): Promise<void> {
  const loads = new Set<Load>();
  collect(plan, loads);
  for (const load of loads) await load();
}

function collect(node: unknown, loads: Set<Load>): void {
  if (typeof node === 'string') addAll(loads, loadsOfText(node));
  if (typeof node !== 'object' || node === null) return;
  if ('kind' in node && typeof node.kind === 'string') addAll(loads, loadsOfKind(node.kind));
  const inner = node instanceof Map ? [...node.values()] : Object.values(node);
  for (const value of inner) collect(value, loads);
}

function loadsOfKind(kind: string): readonly (Load | undefined)[] {
  return [extractors.get(kind)?.load, assertions.get(kind)?.load, dataSources.get(kind)?.load];
}

const needy = [...templateFunctions.values()].filter(({ load }) => load);

function loadsOfText(text: string): readonly (Load | undefined)[] {
  return needy.flatMap(({ name, load }) => (text.includes(name) ? load : []));
}

function addAll(loads: Set<Load>, found: readonly (Load | undefined)[]): void {
  for (const load of found) if (load) loads.add(load);
}

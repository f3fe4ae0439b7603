import { assertions, extractors } from './index.ts';

/**
 * Loads what the elements of some plan need besides themselves, such as parsers. Before they are checked or built.
 *
 * `plan` is any tree of objects in which elements have a `kind`.
 */
export async function loadKinds(plan: unknown): Promise<void> {
  const kinds = new Set<string>();
  collect(plan, kinds);
  for (const kind of kinds) {
    await extractors.get(kind)?.load?.();
    await assertions.get(kind)?.load?.();
  }
}

function collect(node: unknown, kinds: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  if ('kind' in node && typeof node.kind === 'string') kinds.add(node.kind);
  const inner = node instanceof Map ? [...node.values()] : Object.values(node);
  for (const value of inner) collect(value, kinds);
}

import type { CompiledStep } from './compiled-plan.ts';
import type { ConfigNode } from './template.ts';

/** What a configuration will be; undefined stands where a template makes something while the plan runs. */
export function knownPart(node: ConfigNode): unknown {
  if ('constant' in node) return node.constant;
  if ('list' in node) return node.list.map(knownPart);
  if (!('object' in node)) return undefined;
  return Object.fromEntries(node.object.map(([key, inner]) => [key, knownPart(inner)]));
}

/** What is known of the configurations of all steps of one sampler. */
export function knownConfigs(
  steps: Iterable<CompiledStep>,
  sampler: string,
): Readonly<Record<string, unknown>>[] {
  return [...steps].flatMap((step) => {
    if (step.type !== 'sampler' || step.sampler !== sampler) return [];
    const known = knownPart(step.config);
    return typeof known === 'object' && known !== null ? [{ ...known }] : [];
  });
}

import { reachesParts } from '../elements/apply-to.ts';
import type { Reads, ReadsOf } from '../elements/element.ts';
import { assertions, extractors, processors } from '../elements/index.ts';
import type { CompiledSampler } from '../model/compiled-plan.ts';
import type { PlanElement } from '../model/plan.ts';
import type { Keep } from '../model/sampler.ts';
import { emptyScope, type ScopeStack } from './scope.ts';

/** What the elements in scope read of an answer, and of those of sub-samples; the rest is not kept. */
export function keptOf(scope: ScopeStack): Keep & Pick<CompiledSampler, 'keepOfParts'> {
  const ofParts = readsOf(reachingParts(scope));
  return { ...keep(readsOf(scope)), ...(ofParts.size > 0 && { keepOfParts: keep(ofParts) }) };
}

function keep(reads: ReadonlySet<Reads>): Keep {
  return {
    keepBody: reads.has('body'),
    keepHeaders: reads.has('headers'),
    keepRequest: reads.has('request'),
  };
}

/** What of a scope applies to sub-samples. */
function reachingParts({ extract, assert, check }: ScopeStack): ScopeStack {
  const reaching = (list: readonly PlanElement[]) => list.filter(({ config }) => reachesParts({ ...config }));
  return { ...emptyScope, extract: reaching(extract), assert: reaching(assert), check: reaching(check) };
}

function readsOf({ before, extract, after, assert, check }: ScopeStack): ReadonlySet<Reads> {
  const lists = [
    [before, processors],
    [extract, extractors],
    [after, processors],
    [assert, assertions],
    [check, assertions],
  ] as const;
  return new Set(lists.flatMap(([list, kinds]) => list.flatMap((one) => readsOfElement(one, kinds))));
}

function readsOfElement(
  { kind, config }: PlanElement,
  kinds: ReadonlyMap<string, { readonly reads: ReadsOf }>,
): readonly Reads[] {
  const reads = kinds.get(kind)?.reads ?? [];
  return typeof reads === 'function' ? reads({ ...config }) : reads;
}

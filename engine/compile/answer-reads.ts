import type { ReadsOf } from '../elements/element.ts';
import { assertions, extractors, processors } from '../elements/index.ts';
import type {
  CompiledElement,
  CompiledGroup,
  CompiledSampler,
  CompiledStep,
} from '../model/compiled-plan.ts';
import { knownPart } from '../model/known-part.ts';
import type { ElementSyntax } from '../model/language.ts';
import type { AnswerRead } from '../model/sampler.ts';
import type { ConfigNode } from '../model/template.ts';
import { walkGroup } from '../model/walk-steps.ts';
import { isObject } from './config.ts';
import { scriptsOfPrevious } from './previous-answers.ts';

type Syntaxes = ReadonlyMap<string, ElementSyntax>;

/** Completes the samplers of a group by what is read of their answers. */
export function fillRead(group: CompiledGroup, samplers: Syntaxes): CompiledGroup {
  const used = [...walkGroup(group)].flatMap((step) => (step.type === 'sampler' ? step.sampler : []));
  if (!used.some((kind) => samplers.get(kind)?.fillRead !== undefined)) return group;
  const later = scriptsOfPrevious(group).map(readOf);
  const filled = (step: CompiledStep): CompiledStep => filledStep(step, later, samplers);
  const { setUp, tearDown } = group;
  return {
    ...group,
    steps: group.steps.map(filled),
    ...(setUp && { setUp: { ...setUp, steps: setUp.steps.map(filled) } }),
    ...(tearDown && { tearDown: { ...tearDown, steps: tearDown.steps.map(filled) } }),
  };
}

function filledStep(step: CompiledStep, later: readonly AnswerRead[], samplers: Syntaxes): CompiledStep {
  if (step.type === 'sampler') {
    const reads = [...readsOf(step), ...(step.keepsAnswer === true ? later : [])];
    const more = samplers.get(step.sampler)?.fillRead?.(reads) ?? {};
    return Object.keys(more).length === 0 ? step : { ...step, config: completed(step.config, more) };
  }
  const filled = (inner: CompiledStep) => filledStep(inner, later, samplers);
  const branches = step.branches.map((branch) => ({ ...branch, steps: branch.steps.map(filled) }));
  return { ...step, steps: step.steps.map(filled), branches };
}

function readsOf({
  extractors: extracted,
  after,
  assertions: asserted,
  checks,
}: CompiledSampler): AnswerRead[] {
  return [
    ...extracted.filter(reading(extractors)),
    ...after.filter(reading(processors)),
    ...[...asserted, ...checks.map(({ assertion }) => assertion)].filter(reading(assertions)),
  ].map(readOf);
}

/** Which elements may read an answer. */
function reading(
  kinds: ReadonlyMap<string, { readonly reads: ReadsOf }>,
): (element: CompiledElement) => boolean {
  return ({ kind }) => {
    const reads = kinds.get(kind)?.reads ?? [];
    return typeof reads === 'function' || reads.length > 0;
  };
}

/** The place that an element reads stands under its own name: `{ header: x-job }`, `{ script: prev.json() }`. */
function readOf({ kind, config }: Pick<CompiledElement, 'kind' | 'config'>): AnswerRead {
  const known = knownPart(config);
  const by = isObject(known) ? known[kind] : undefined;
  return { kind, by: by === undefined ? null : typeof by === 'string' ? by : JSON.stringify(by) };
}

/** What the author wrote stays. */
function completed(config: ConfigNode, more: Readonly<Record<string, unknown>>): ConfigNode {
  if ('constant' in config && isObject(config.constant))
    return { ...config, constant: { ...more, ...config.constant } };
  if (!('object' in config)) return config;
  const missing = Object.entries(more).filter(([key]) => config.object.every(([known]) => known !== key));
  return {
    ...config,
    object: [...config.object, ...missing.map(([key, constant]) => [key, { constant }] as const)],
  };
}

import type { CompiledController, CompiledGroup, CompiledStep } from '../model/compiled-plan.ts';
import type { ConfigNode } from '../model/template.ts';
import type { MetricCarrier, SeriesCarrier } from '../model/threshold.ts';
import { isObject } from './config.ts';
import type { RecordedMetrics } from './recorded-metrics.ts';

/** What is measured: not clean-up, nor set-up and tear-down, unless those of a group say so. */
export function groupCarriers({ phase, steps, setUp, tearDown }: CompiledGroup): SeriesCarrier[] {
  const parts = [setUp, tearDown].flatMap((part) => {
    const carriers = carriersOf(part?.steps ?? []);
    return part?.measure ? carriers : carriers.map(aside);
  });
  const own = carriersOf(steps);
  return [...(phase === 'main' ? own : own.map(aside)), ...parts];
}

function aside(carrier: SeriesCarrier): SeriesCarrier {
  return { ...carrier, aside: true };
}

/** Who records into metrics, in the load and beside it. */
export function groupMetrics(
  { phase, steps, setUp, tearDown }: CompiledGroup,
  metrics: RecordedMetrics,
): MetricCarrier[] {
  const parts = [setUp, tearDown].flatMap((part) =>
    part ? metricsOf(part.steps, metrics, !part.measure) : [],
  );
  return [...metricsOf(steps, metrics, phase !== 'main'), ...parts];
}

function metricsOf(
  steps: readonly CompiledStep[],
  metrics: RecordedMetrics,
  aside: boolean,
): MetricCarrier[] {
  return steps.flatMap((step): MetricCarrier[] => {
    const own = metrics.carriersOf(step).map((carrier) => (aside ? { ...carrier, aside } : carrier));
    if (step.type === 'sampler') return own;
    const isCleanUp = step.controller === 'cleanUp';
    const branches = step.branches.flatMap((one) => metricsOf(one.steps, metrics, aside || isCleanUp));
    return [...own, ...metricsOf(step.steps, metrics, aside), ...branches];
  });
}

function carriersOf(
  steps: readonly CompiledStep[],
  partOf?: string | null,
  inRounds: Pick<SeriesCarrier, 'inRounds'> = {},
): SeriesCarrier[] {
  return steps.flatMap((step): SeriesCarrier[] => {
    const label = typeof step.label === 'string' ? step.label : null;
    const own = { label, tags: step.tags, ...(partOf === undefined ? {} : { partOf }), ...inRounds };
    if (step.type === 'sampler') return [own];
    const branches = step.controller === 'cleanUp' ? [] : step.branches;
    const inner = [step.steps, ...branches.map((branch) => branch.steps)].flat();
    const isRow = step.controller === 'transaction' || step.controller === 'poll';
    if (!isRow) return carriersOf(inner, partOf, goesInRounds(step) ? { inRounds: true } : inRounds);
    return hasParent(step.config)
      ? [own, ...carriersOf(inner, partOf === undefined ? label : partOf, inRounds)]
      : [{ ...own, kind: 'transaction' }, ...carriersOf(inner, partOf, inRounds)];
  });
}

/** Whether it is a matrix in whose rounds all cells have their turn. */
function goesInRounds({ controller, config }: CompiledController): boolean {
  const known = 'constant' in config && isObject(config.constant) ? config.constant : {};
  return controller === 'matrix' && known['order'] !== 'cells';
}

/** Whether only the transaction's own row is counted; false where that is not known before the run. */
function hasParent(config: ConfigNode): boolean {
  return 'constant' in config && isObject(config.constant) && config.constant['parent'] === true;
}

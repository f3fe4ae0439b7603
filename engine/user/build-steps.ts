import type { Controller, ElementUser, Flow, Run } from '../elements/element.ts';
import { besideControllers, controllers, dataSources } from '../elements/index.ts';
import type { CompiledController, CompiledElement, CompiledStep } from '../model/compiled-plan.ts';
import { elementConfig } from '../template/element-config.ts';
import { labelRenderer } from '../template/label.ts';
import { guarded } from './failed-step.ts';
import type { GroupRun } from './group-run.ts';
import { marked } from './marked.ts';
import { placeOfData } from './place-of-data.ts';
import { samplerRun } from './perform-sample.ts';
import { tracedBranch, tracedController, tracedPasses } from './traced.ts';

/** Compiled steps → one closure. Built once per worker and group; users only pass through it. */
export function buildSteps(
  steps: readonly CompiledStep[],
  group: GroupRun,
  data: readonly CompiledElement[] = [],
): Run {
  return inOrder(steps, group, { data });
}

/** Put around every step that has no steps itself, or is not left in the middle. */
type Around = (run: Run) => Run;

function inOrder(
  steps: readonly CompiledStep[],
  group: GroupRun,
  { data = [], ...place }: { readonly data?: readonly CompiledElement[] } & Place,
): Run {
  return sequence([
    ...data.map((one) => dataRun(one, group, null)),
    ...steps.map((step) => stepRun(step, group, place)),
  ]);
}

/** Where a step stands. */
interface Place {
  readonly around?: Around | undefined;
  /** Directly in a controller that loops. */
  readonly inLoop?: boolean;
}

function stepRun(step: CompiledStep, group: GroupRun, { around, inLoop = false }: Place): Run {
  if (!around)
    return step.type === 'sampler' ? samplerRun(step, group) : controllerRun(step, group, { inLoop });
  const isLeaf = step.type === 'sampler' || (step.steps.length === 0 && step.branches.length === 0);
  if (isLeaf || known(step).whole) return around(stepRun(step, group, { inLoop }));
  return controllerRun(step, group, { around, inLoop });
}

function known({ controller: kind }: CompiledController): Controller {
  const controller = controllers.get(kind) ?? besideControllers.get(kind);
  if (!controller) throw new Error(`unknown controller ${kind}`);
  return controller;
}

function controllerRun(step: CompiledController, group: GroupRun, place: Place): Run {
  return guarded(() => builtController(step, group, place), step, group);
}

function builtController(step: CompiledController, group: GroupRun, { around, inLoop = false }: Place): Run {
  const { mask, trace } = group.world;
  const passes = trace ? tracedPasses(step, trace) : [];
  const data = [...passes, ...step.data.map((one) => dataRun(one, group, step))];
  const inside = { around, inLoop: known(step).loops ?? false };
  const children = step.steps.map((child) => ({
    run: stepRun(child, group, inside),
    label: labelRenderer(child.label, mask),
  }));
  const run = known(step).build({
    config: elementConfig(step.config),
    label: labelRenderer(step.label, mask),
    slot: step.slot,
    at: step.at,
    inLoop,
    tags: step.tags,
    steps: sequence([...data, ...children.map(({ run }) => run)]),
    children,
    childrenWith: (inner) =>
      step.steps.map((child, place) => ({
        run: stepRun(child, group, {
          ...inside,
          around: (run) => inner(around ? around(run) : run, place),
        }),
        label: labelRenderer(child.label, mask),
      })),
    data: sequence(data),
    branches: step.branches.map((branch, index) => {
      const place = step.controller === 'cleanUp' ? group.part('clean-up') : group;
      const inner = inOrder(branch.steps, place, inside);
      return {
        config: elementConfig(branch.config),
        steps: trace ? tracedBranch(step, index, inner, trace) : inner,
      };
    }),
  });
  return marked(trace ? tracedController(step, run, trace) : run, group.world.mark(group.index, step));
}

function dataRun(element: CompiledElement, group: GroupRun, step: CompiledController | null): Run {
  const build = (): Run => {
    const source = dataSources.get(element.kind);
    if (!source) throw new Error(`unknown data source ${element.kind}`);
    const run = source.build(elementConfig(element.config), element);
    return marked(run, group.world.mark(group.index, step, element));
  };
  return guarded(build, placeOfData(element, step?.tags ?? {}), group);
}

/** One after the other, until one says where else to go. */
function sequence(runs: readonly Run[]): Run {
  const [only, more] = runs;
  if (!only) return () => 'next';
  if (!more) return only;
  return async (user: ElementUser): Promise<Flow> => {
    for (const run of runs) {
      const flow = run(user);
      const settled = typeof flow === 'string' ? flow : await flow;
      if (settled !== 'next') return settled;
    }
    return 'next';
  };
}

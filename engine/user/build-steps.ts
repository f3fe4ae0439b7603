import type { ElementUser, Flow, Run } from '../elements/element.ts';
import { besideControllers, controllers, dataSources } from '../elements/index.ts';
import type { CompiledController, CompiledElement, CompiledStep } from '../model/compiled-plan.ts';
import { configRenderer, renderer } from '../template/render.ts';
import type { GroupRun } from './group-run.ts';
import { samplerRun } from './perform-sample.ts';

/** Compiled steps → one closure. Built once per worker and group; users only pass through it. */
export function buildSteps(
  steps: readonly CompiledStep[],
  group: GroupRun,
  data: readonly CompiledElement[] = [],
): Run {
  return sequence([...data.map(dataRun), ...steps.map((step) => stepRun(step, group))]);
}

function stepRun(step: CompiledStep, group: GroupRun): Run {
  return step.type === 'sampler' ? samplerRun(step, group) : controllerRun(step, group);
}

function controllerRun(step: CompiledController, group: GroupRun): Run {
  const controller = controllers.get(step.controller) ?? besideControllers.get(step.controller);
  if (!controller) throw new Error(`unknown controller ${step.controller}`);
  const data = step.data.map(dataRun);
  const children = step.steps.map((child) => ({ run: stepRun(child, group), label: renderer(child.label) }));
  return controller.build({
    config: { render: configRenderer(step.config) },
    label: renderer(step.label),
    slot: step.slot,
    at: step.at,
    tags: step.tags,
    steps: sequence([...data, ...children.map(({ run }) => run)]),
    children,
    data: sequence(data),
    branches: step.branches.map((branch) => ({
      config: { render: configRenderer(branch.config) },
      steps: buildSteps(branch.steps, step.controller === 'cleanUp' ? group.part('clean-up') : group),
    })),
  });
}

function dataRun(element: CompiledElement): Run {
  const source = dataSources.get(element.kind);
  if (!source) throw new Error(`unknown data source ${element.kind}`);
  return source.build({ render: configRenderer(element.config) }, element);
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

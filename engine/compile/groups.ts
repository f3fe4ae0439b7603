import { dataSources } from '../elements/index.ts';
import type { CompiledGroup, OnError, Phase } from '../model/compiled-plan.ts';
import { loadKeys } from '../model/load-keys.ts';
import type { PlanGroup, PlanStep } from '../model/plan.ts';
import { type Compilation } from './compilation.ts';
import { loadReader } from './load-reader.ts';
import { emptyScope, withinScope } from './scope.ts';
import { compileElements } from './elements.ts';
import { compileSteps } from './steps.ts';
import { sharedThreads } from './shared-threads.ts';

/** The plan's groups in the order of their phases: set-up, the load, tear-down. `chosen` limits the load to some. */
export function compileGroups(compilation: Compilation, chosen: readonly string[]): CompiledGroup[] {
  const { plan } = compilation;
  const setUp = stepsGroup('setUp', plan.setUp, compilation);
  const kept = plan.threadGroups.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const names = kept.map(({ name }) => name);
  const others = { names, offset: setUp.length, shares: sharedThreads(compilation) };
  const main = kept.map((group, index) => loadGroup(group, index, others, compilation));
  return [...setUp, ...main, ...stepsGroup('tearDown', plan.tearDown, compilation)];
}

/** `setUp` and `tearDown`: one user, once. A failed sample ends set-up, and with it the run. */
function stepsGroup(phase: Phase, steps: readonly PlanStep[], compilation: Compilation): CompiledGroup[] {
  if (steps.length === 0) return [];
  return [
    {
      phase,
      name: phase,
      number: 1,
      threads: 1,
      rampUpMs: 0,
      delayMs: 0,
      loops: 1,
      durationMs: null,
      onError: phase === 'setUp' ? 'stopThread' : 'continue',
      startAfter: null,
      data: compileElements(compilation.plan.scope.data, dataSources, compilation),
      steps: compileSteps(steps, withinScope(emptyScope, compilation.plan.scope), compilation),
    },
  ];
}

function loadGroup(
  group: PlanGroup,
  index: number,
  others: {
    readonly names: readonly string[];
    readonly offset: number;
    readonly shares: ReadonlyMap<PlanGroup, number>;
  },
  compilation: Compilation,
): CompiledGroup {
  const read = loadReader(group, compilation);
  const durationMs = read.number('duration');
  const loops = read.value('loops');
  const startAfter = read.value('startAfter');
  const after = typeof startAfter === 'string' ? others.names.indexOf(startAfter) : -1;
  const threads = others.shares.get(group) ?? read.number('threads') ?? 1;
  if (durationMs === null && loops === 'forever') {
    compilation.problem(
      `the group "${group.name}" never ends: give it a duration, or a number of loops`,
      group.at,
    );
  }
  return {
    phase: 'main',
    name: group.name,
    number: index + 1,
    threads,
    rampUpMs: read.number('rampUp') ?? 0,
    delayMs: read.number('delay') ?? 0,
    loops: typeof loops === 'number' ? loops : loops === 'forever' || durationMs !== null ? null : 1,
    durationMs,
    onError: onError(read.value('onError')),
    startAfter: after < 0 ? null : after + others.offset,
    data: compileElements([...compilation.plan.scope.data, ...group.scope.data], dataSources, compilation),
    steps: compileSteps(
      group.steps,
      withinScope(withinScope(emptyScope, compilation.plan.scope), group.scope),
      compilation,
    ),
  };
}

function onError(value: unknown): OnError {
  return loadKeys.onError.enum.find((known) => known === value) ?? 'continue';
}

import { dataSources } from '../elements/index.ts';
import type { CompiledGroup, CompiledPart, CompiledStep, OnError, Phase } from '../model/compiled-plan.ts';
import type { LoadChoice } from '../model/load-choice.ts';
import { loadKeys } from '../model/load-keys.ts';
import type { PlanGroup, PlanPart, PlanStep } from '../model/plan.ts';
import { walkGroup } from '../model/walk-steps.ts';
import { checkChosenLoad, chosenEnd, loadAsWritten } from './chosen-load.ts';
import { type Compilation } from './compilation.ts';
import { loadReader } from './load-reader.ts';
import { asideScope, emptyScope, withinScope, type ScopeStack } from './scope.ts';
import { compileElements } from './elements.ts';
import { compileSteps } from './steps.ts';
import { sharedThreads } from './shared-threads.ts';

/**
 * The plan's groups in the order of their phases: set-up, the load, tear-down. `chosen` limits the load to some, `load`
 * replaces what they say of it.
 */
export function compileGroups(
  compilation: Compilation,
  chosen: readonly string[],
  load: LoadChoice = loadAsWritten,
): CompiledGroup[] {
  const { plan } = compilation;
  const setUp = stepsGroup('setUp', plan.setUp, compilation);
  const kept = plan.threadGroups.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const names = kept.map(({ name }) => name);
  const others = { names, offset: setUp.length, shares: sharedThreads(compilation, load.threads), load };
  const main = kept.map((group, index) => loadGroup(group, index, others, compilation));
  checkChosenLoad(compilation, main, load);
  const keeps = setUp.some((group) => keepsCleanUp(walkGroup(group)));
  return [...setUp, ...main, ...stepsGroup('tearDown', plan.tearDown, compilation, keeps)];
}

/** Whether any of the steps keeps others for the end. */
function keepsCleanUp(steps: Iterable<CompiledStep>): boolean {
  return [...steps].some((step) => step.type === 'controller' && step.controller === 'cleanUp');
}

/**
 * `setUp` and `tearDown`: one user, once. A failed sample ends set-up, and with it the run. `wanted`: also without
 * steps, for the clean-up that set-up keeps.
 */
function stepsGroup(
  phase: Phase,
  steps: readonly PlanStep[],
  compilation: Compilation,
  wanted = false,
): CompiledGroup[] {
  if (steps.length === 0 && !wanted) return [];
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
    readonly load: LoadChoice;
  },
  compilation: Compilation,
): CompiledGroup {
  const read = loadReader(group, compilation);
  const scope = withinScope(withinScope(emptyScope, compilation.plan.scope), group.scope);
  const { load } = others;
  const { loops, durationMs } = chosenEnd(load) ?? writtenEnd(read, group, compilation);
  const startAfter = read.value('startAfter');
  const after = typeof startAfter === 'string' ? others.names.indexOf(startAfter) : -1;
  const threads = others.shares.get(group) ?? load.threads ?? read.number('threads') ?? 1;
  return {
    phase: 'main',
    name: group.name,
    number: index + 1,
    threads,
    rampUpMs: read.number('rampUp') ?? 0,
    delayMs: read.number('delay') ?? 0,
    loops,
    durationMs,
    onError: onError(read.value('onError')),
    startAfter: after < 0 ? null : after + others.offset,
    data: compileElements([...compilation.plan.scope.data, ...group.scope.data], dataSources, compilation),
    steps: compileSteps(group.steps, scope, compilation),
    ...part('setUp', group.setUp, scope, compilation),
    ...part('tearDown', group.tearDown, scope, compilation),
  };
}

/** When users end: after so many loops, when the time is up, or whichever comes first. */
function writtenEnd(
  read: ReturnType<typeof loadReader>,
  { name, at }: PlanGroup,
  compilation: Compilation,
): Pick<CompiledGroup, 'loops' | 'durationMs'> {
  const durationMs = read.number('duration');
  const loops = read.value('loops');
  if (durationMs === null && loops === 'forever') {
    compilation.problem(`the group "${name}" never ends: give it a duration, or a number of loops`, at);
  }
  if (typeof loops === 'number') return { loops, durationMs };
  return { loops: loops === 'forever' || durationMs !== null ? null : 1, durationMs };
}

/** What each user does before its first iteration, or after its last. */
function part(
  key: 'setUp' | 'tearDown',
  written: PlanPart | undefined,
  scope: ScopeStack,
  compilation: Compilation,
): Partial<Record<typeof key, CompiledPart>> {
  if (!written) return {};
  const { steps, measure } = written;
  return { [key]: { steps: compileSteps(steps, asideScope(scope), compilation), measure } };
}

function onError(value: unknown): OnError {
  return loadKeys.onError.enum.find((known) => known === value) ?? 'continue';
}

import { dataSources } from '../elements/index.ts';
import type { CompiledGroup, OnError, Phase } from '../model/compiled-plan.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import { loadKeys } from '../model/load-keys.ts';
import type { PlanGroup, PlanStep } from '../model/plan.ts';
import { type Compilation } from './compilation.ts';
import { compileConfig } from './config.ts';
import { emptyScope, withinScope } from './scope.ts';
import { compileElements } from './elements.ts';
import { compileSteps } from './steps.ts';

/** The plan's groups in the order of their phases: set-up, the load, tear-down. `chosen` limits the load to some. */
export function compileGroups(compilation: Compilation, chosen: readonly string[]): CompiledGroup[] {
  const { plan } = compilation;
  const setUp = stepsGroup('setUp', plan.setUp, compilation);
  const kept = plan.threadGroups.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const names = kept.map(({ name }) => name);
  const main = kept.map((group, index) =>
    loadGroup(group, index, { names, offset: setUp.length }, compilation),
  );
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
  others: { readonly names: readonly string[]; readonly offset: number },
  compilation: Compilation,
): CompiledGroup {
  const read = groupReader(group, compilation);
  const durationMs = read.number('duration');
  const loops = read.value('loops');
  const startAfter = read.value('startAfter');
  const after = typeof startAfter === 'string' ? others.names.indexOf(startAfter) : -1;
  const threads = read.number('threads') ?? 1;
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

/** Reads a group's keys; each must be known before the run. */
function groupReader(group: PlanGroup, compilation: Compilation) {
  const config = new Map<string, unknown>(Object.entries(group.config));
  const value = (key: keyof typeof loadKeys): unknown => {
    const schema: JsonSchema = loadKeys[key];
    const written = config.get(key) ?? schema.default;
    if (written === undefined) return undefined;
    const at = compilation.locate(group.config, key) ?? group.at;
    const node = compileConfig({ value: written, schema, path: key, at }, compilation);
    if ('constant' in node) return node.constant;
    const unknown = typeof written === 'string' ? written : key;
    compilation.problem(`${key} must be known before the run; "${unknown}" is only set during it`, at);
    return undefined;
  };
  return {
    value,
    number: (key: keyof typeof loadKeys): number | null => {
      const found = value(key);
      return typeof found === 'number' ? found : null;
    },
  };
}

function onError(value: unknown): OnError {
  return loadKeys.onError.enum.find((known) => known === value) ?? 'continue';
}

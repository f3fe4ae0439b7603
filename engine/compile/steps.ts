import type { Processor } from '../elements/element.ts';
import { assertions, controllers, dataSources, extractors, processors, timers } from '../elements/index.ts';
import type {
  CompiledBranch,
  CompiledController,
  CompiledSampler,
  CompiledStep,
} from '../model/compiled-plan.ts';
import type { Position } from '../model/errors.ts';
import type { ElementSyntax } from '../model/language.ts';
import type { FlowParameter, PlanElement, PlanStep } from '../model/plan.ts';
import type { ConfigNode, Template } from '../model/template.ts';
import { parseTemplate } from '../template/parse.ts';
import { unrendered } from '../template/unrendered.ts';
import { shownTemplate } from '../template/secret-parts.ts';
import { placeText, type Compilation } from './compilation.ts';
import { compileConfig, isObject } from './config.ts';
import { around, guarded } from './beside.ts';
import { compileChecks, compileElements, noteNeeds, noteWithKnown } from './elements.ts';
import { foldConstants } from './fold.ts';
import { keptOf } from './kept.ts';
import type { Measuring } from './recorded-metrics.ts';
import { checkCellTags, compileMatrix } from './matrix.ts';
import { noteKnown } from './known-config.ts';
import { samplerConfig } from './sampler-config.ts';
import { asideScope, besideScope, withinScope, type ScopeStack } from './scope.ts';
import { sometimes } from './sometimes.ts';

/** Steps with their scope resolved; `flow` steps are replaced by what they stand for. */
export function compileSteps(
  steps: readonly PlanStep[],
  scope: ScopeStack,
  compilation: Compilation,
): CompiledStep[] {
  return steps.flatMap((step) => {
    if (!compilation.addStep(step.at)) return [];
    checkCellTags(step, compilation);
    const compiled = compileStep(step, withinScope(scope, step.scope), compilation);
    return sometimes(step, withBeside(step, compiled, scope, compilation), compilation);
  });
}

function compileStep(step: PlanStep, scope: ScopeStack, compilation: Compilation): CompiledStep[] {
  if (step.kind === 'flow') return flow(step, scope, compilation);
  if (step.kind === 'matrix') return [matrix(step, scope, compilation)];
  return compilation.samplers.has(step.kind)
    ? withData(step, [sampler(step, scope, compilation)], compilation)
    : [controller(step, scope, compilation)];
}

/** The steps of a flow, put in place; within a controller that sets its parameters, if there are any. */
function flow(step: PlanStep, scope: ScopeStack, compilation: Compilation): CompiledStep[] {
  const name = 'name' in step.config ? String(step.config.name) : '';
  const { parameters, steps } = compilation.plan.flows.get(name) ?? { parameters: null, steps: [] };
  const given = parametersOf(step, parameters ?? [], compilation);
  if (given === null) return withData(step, compileSteps(steps, scope, compilation), compilation);
  const inside = { ...step, config: { name, with: given }, steps };
  return compilation.without(Object.keys(given), () => [controller(inside, scope, compilation)]);
}

function matrix(step: PlanStep, scope: ScopeStack, compilation: Compilation): CompiledController {
  return {
    type: 'controller',
    controller: step.kind,
    slot: compilation.elementSlot(),
    data: compileElements(step.scope.data, dataSources, compilation),
    tags: scope.tags,
    steps: [],
    ...compileMatrix(step, scope, compilation, (inside) => compileSteps(step.steps, inside, compilation)),
    at: placeText(step.at),
  };
}

/** What is given, over the defaults; null when that is nothing. */
function parametersOf(
  { config, at }: PlanStep,
  declared: readonly FlowParameter[],
  compilation: Compilation,
): Readonly<Record<string, unknown>> | null {
  const given = 'with' in config && isObject(config.with) ? config.with : {};
  const values: Record<string, unknown> = {};
  for (const one of declared) {
    if (one.default === undefined) continue;
    values[one.name] = one.default;
    compilation.place(values, one.name, one.at);
  }
  for (const [name, value] of Object.entries(given)) {
    values[name] = value;
    compilation.place(values, name, compilation.locate(given, name) ?? at);
  }
  return Object.keys(values).length > 0 ? values : null;
}

/**
 * Puts what stands beside a step around it: `cleanUp` innermost, so that what was created is kept before anything can
 * go wrong, then `on`, then the guard.
 */
function withBeside(
  step: PlanStep,
  compiled: CompiledStep[],
  scope: ScopeStack,
  compilation: Compilation,
): CompiledStep[] {
  const exports = exportsBeside(step, compilation);
  if (step.when === undefined && !step.on && !step.cleanUp && !exports) return compiled;
  const site = { at: step.at, label: labelOfAll(step, compiled) };
  const beside = besideScope(scope, step.scope);
  let steps = compiled;
  if (exports) steps = [{ ...around('export', { ...site, steps }, compilation), config: exports }];
  if (step.cleanUp) {
    const undo = compileSteps(step.cleanUp, asideScope(beside), compilation);
    const branches = [{ config: { constant: {} }, steps: undo }];
    steps = [around('cleanUp', { ...site, steps, branches }, compilation)];
  }
  if (step.on) {
    const branches = step.on.map((one) => ({
      config: { constant: one.config },
      steps: compileSteps(one.steps, beside, compilation),
    }));
    steps = [around('on', { ...site, steps, branches }, compilation)];
  }
  return guarded(step, { ...site, steps }, compilation);
}

/** What a step that is no sampler exports; a sampler does so itself, if it succeeds. */
function exportsBeside({ kind, export: names }: PlanStep, compilation: Compilation): ConfigNode | null {
  return names.length === 0 || compilation.samplers.has(kind) ? null : { constant: { names } };
}

/** What a step is skipped under: its label; that of the flow for several. */
function labelOfAll(step: PlanStep, compiled: readonly CompiledStep[]): Template {
  const [only, second] = compiled;
  if (only && !second) return labelOf(only);
  return step.name ?? ('name' in step.config ? String(step.config.name) : step.kind);
}

function labelOf(step: CompiledStep): Template {
  const held = step.type === 'controller' && step.data.length > 0 && step.label === 'simple';
  const [inner] = held ? step.steps : [];
  return inner ? labelOf(inner) : step.label;
}

/** Samplers, flows and branches have no place for data of their own: they are put into a group that has. */
function withData(
  { scope, at }: Pick<PlanStep, 'scope' | 'at'>,
  steps: CompiledStep[],
  compilation: Compilation,
): CompiledStep[] {
  if (scope.data.length === 0) return steps;
  return [
    {
      type: 'controller',
      controller: 'simple',
      slot: compilation.elementSlot(),
      data: compileElements(scope.data, dataSources, compilation),
      label: 'simple',
      config: { constant: {} },
      tags: {},
      steps,
      branches: [],
      at: placeText(at),
    },
  ];
}

function sampler(step: PlanStep, scope: ScopeStack, compilation: Compilation): CompiledSampler {
  const syntax = compilation.samplers.get(step.kind);
  const merged = samplerConfig(step.kind, step.config, scope.defaults, compilation);
  const mistake = syntax?.check?.(merged, compilation.complete) ?? null;
  if (mistake) compilation.problem(mistake, step.at);
  const config = compileConfig(
    { value: merged, schema: syntax?.schema ?? {}, path: '', at: step.at },
    compilation,
  );
  noteKnown(syntax, { written: merged, node: config, at: step.at }, compilation);
  const shown = label(step, merged, syntax, compilation);
  noteMetrics(
    syntax,
    scope,
    { config: merged, label: typeof shown === 'string' ? shown : null },
    compilation,
  );
  return compilation.metrics.stepDone({
    type: 'sampler',
    sampler: step.kind,
    label: shown,
    config,
    tags: scope.tags,
    expect: scope.expect,
    before: compileElements(scope.before, processors, compilation),
    timers: compileElements(scope.timers, timers, compilation),
    extractors: compileElements(scope.extract, extractors, compilation),
    after: compileElements(scope.after, processors, compilation),
    assertions: compileElements(scope.assert, assertions, compilation),
    checks: compileChecks(scope.check, compilation),
    ...keptOf(scope),
    export: step.export,
    at: placeText(step.at),
  });
}

/** What the sampler measures, and what the processors in its scope record. */
function noteMetrics(
  syntax: ElementSyntax | undefined,
  { before, after, check, tags }: ScopeStack,
  step: Omit<Measuring, 'tags'>,
  compilation: Compilation,
): void {
  const { metrics } = compilation;
  if (syntax)
    for (const { message, at } of metrics.addSampler(syntax, { ...step, tags }))
      compilation.problem(message, at);
  for (const element of [...before, ...after])
    noteRecord(processors.get(element.kind), element, tags, compilation);
  for (const { name = '' } of check) metrics.addCheck(name, tags);
}

/** What an element or a step records, and the mistake in it. */
function noteRecord(
  recorder: Pick<Processor, 'records'> | undefined,
  { kind, config, at }: Pick<PlanElement, 'kind' | 'config' | 'at'>,
  tags: ScopeStack['tags'],
  compilation: Compilation,
): void {
  const record = recorder?.records?.({ ...config });
  const mistake = record ? compilation.metrics.addRecord(record, tags) : null;
  if (mistake && compilation.complete) compilation.problem(mistake, compilation.locate(config, kind) ?? at);
}

/**
 * The author's name is a template: one label for each text it gives. A name made from the configuration keeps
 * its holes as they are written, so that `GET /issues/${id}` is one label.
 */
function label(
  step: PlanStep,
  config: Readonly<Record<string, unknown>>,
  syntax: ElementSyntax | undefined,
  compilation: Compilation,
): Template {
  if (step.name !== undefined)
    return named(step.name, compilation.locate(step.config) ?? step.at, compilation);
  const text = syntax?.label?.(config) ?? step.kind;
  const template = safelyParsed(text, compilation);
  const shown = unrendered(template);
  return compilation.cell?.labelled(shown, text) ?? shown;
}

/** In a cell of a matrix, a label that is like no other cell's. */
function named(
  text: string,
  at: Position,
  compilation: Compilation,
  kind?: 'sample' | 'transaction',
): Template {
  const label = shownTemplate(compilation.maskable(text, at));
  return compilation.cell?.labelled(label, text, kind) ?? label;
}

/** With `parent`, a transaction is counted as a sample. */
function rowKind({ config }: PlanStep): 'sample' | 'transaction' {
  return 'parent' in config && config.parent === true ? 'sample' : 'transaction';
}

function safelyParsed(text: string, compilation: Compilation): Template {
  try {
    const template = parseTemplate(text, () => 0);
    return typeof template === 'string' ? template : foldConstants(template, compilation);
  } catch {
    return text; // The configuration itself reports the mistake.
  }
}

function controller(step: PlanStep, scope: ScopeStack, compilation: Compilation): CompiledController {
  const kind = controllers.get(step.kind);
  noteRecord(kind, step, scope.tags, compilation);
  const place = compilation.locate(step.config, kind?.flat ? step.kind : kind?.scalar) ?? step.at;
  const written = { ...step.config };
  if (kind) noteNeeds(kind, { written, place }, compilation);
  const schema = kind?.schema ?? {};
  const config =
    kind?.children === 'branches'
      ? { constant: {} }
      : compileConfig({ value: step.config, schema, path: '', at: step.at }, compilation);
  if (kind) noteWithKnown(kind, { written, node: config, place }, compilation);
  return compilation.metrics.stepDone({
    type: 'controller',
    controller: step.kind,
    slot: compilation.elementSlot(),
    data: compileElements(step.scope.data, dataSources, compilation),
    label: controllerLabel(step, compilation),
    config,
    tags: scope.tags,
    steps: compileSteps(step.steps, scope, compilation),
    branches: step.branches.map((written, index): CompiledBranch => {
      const config = compileConfig({ value: written.config, schema, path: '', at: written.at }, compilation);
      const inner = compileSteps(written.steps, withinScope(scope, written.scope), compilation);
      const steps = withData(written, inner, compilation);
      const name = `${step.name ?? step.kind}, branch ${index + 1}`;
      return { config, steps: guarded(written, { at: written.at, label: name, steps }, compilation) };
    }),
    at: placeText(step.at),
  });
}

function controllerLabel(step: PlanStep, compilation: Compilation): Template {
  const text = step.name ?? controllers.get(step.kind)?.label?.({ ...step.config }) ?? step.kind;
  const isRow = step.kind === 'transaction' || step.kind === 'poll';
  return isRow
    ? named(text, step.at, compilation, rowKind(step))
    : shownTemplate(compilation.maskable(text, step.at));
}

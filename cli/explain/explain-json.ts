import type { CompiledGroup, CompiledPlan, CompiledStep } from '../../engine/model/compiled-plan.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { plannedDurationMs, plannedTimes } from '../../engine/schedule/planned-times.ts';
import { namingSandbox } from './naming-sandbox.ts';
import { ownGroup } from './own-config.ts';
import { configText, templateText } from './step-lines.ts';

/** What a plan will do, as JSON of format 1; secrets are `***`. `notJudged`: thresholds that the choice of steps leaves out. */
export function explainJson(plan: Plan, compiled: CompiledPlan, notJudged: readonly string[]): string {
  const { groups } = compiled;
  const times = plannedTimes(groups);
  const told = {
    format: 1,
    file: plan.file,
    name: plan.name,
    description: plan.description,
    environment: plan.environment,
    sandbox: plan.sandbox !== null,
    users: groups.reduce((sum, { phase, threads }) => sum + (phase === 'main' ? threads : 0), 0),
    durationMs: plannedDurationMs(groups),
    properties: plan.properties.map(({ name, from, description }) => ({
      name,
      value: compiled.secretNames.includes(name) ? '***' : (compiled.properties[name] ?? null),
      from,
      description,
    })),
    groups: groups.map((group, index) => groupJson(ownGroup(group), groups, times[index]?.startMs ?? null)),
    monitors: (compiled.monitors ?? []).map(({ kind, name, intervalMs }) => ({ kind, name, intervalMs })),
    metrics: compiled.metrics.map(({ name, type, unit, description }) => ({ name, type, unit, description })),
    thresholds: compiled.thresholds.map(({ text }) => text),
    notJudged,
    listeners: compiled.listeners.map(({ kind }) => kind),
  };
  const text = JSON.stringify(told, null, 2);
  return plan.sandbox ? namingSandbox(text) : text;
}

function groupJson(group: CompiledGroup, all: readonly CompiledGroup[], startMs: number | null) {
  const { name, phase, threads, rampUpMs, delayMs, loops, durationMs, onError, setUp, tearDown } = group;
  return {
    name,
    phase,
    threads,
    startMs,
    startAfter: group.startAfter === null ? null : (all[group.startAfter]?.name ?? null),
    rampUpMs,
    delayMs,
    loops,
    durationMs,
    onError,
    setUp: (setUp?.steps ?? []).map(stepJson),
    steps: group.steps.map(stepJson),
    tearDown: (tearDown?.steps ?? []).map(stepJson),
  };
}

/** A step with its configuration as `plan explain` shows it. */
interface StepJson {
  readonly kind: string;
  readonly label?: string;
  readonly config: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly expect?: readonly string[];
  readonly steps?: readonly StepJson[];
  readonly branches?: readonly { readonly config: string; readonly steps: readonly StepJson[] }[];
}

function stepJson(step: CompiledStep): StepJson {
  const config = configText(step.config);
  if (step.type === 'controller') {
    const branches = step.branches.map((one) => ({
      config: configText(one.config),
      steps: one.steps.map(stepJson),
    }));
    return { kind: step.controller, config, steps: step.steps.map(stepJson), branches };
  }
  const label = templateText(step.label);
  return { kind: step.sampler, label, config, tags: step.tags, expect: step.expect ?? [] };
}

import { loadAsWritten, loadChoiceText } from '../../engine/compile/chosen-load.ts';
import type { CompiledGroup, CompiledPart, CompiledPlan } from '../../engine/model/compiled-plan.ts';
import type { CompiledMonitor } from '../../engine/model/monitor.ts';
import type { Metric } from '../../engine/model/metric.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { walkGroup } from '../../engine/model/walk-steps.ts';
import { formatMs } from '../../engine/model/units.ts';
import { plannedDurationMs, plannedTimes } from '../../engine/schedule/planned-times.ts';
import { textWidth } from '../../listeners/visible-text.ts';
import { ownGroup } from './own-config.ts';
import { namingSandbox } from './naming-sandbox.ts';
import { configText, stepLines } from './step-lines.ts';
import { usersOverTime } from './users-over-time.ts';

/**
 * What a plan will do, as lines: properties, groups with their steps, users over time, thresholds. With `all`
 * steps have the defaults of every option, too.
 */
export function explainPlan(
  plan: Plan,
  compiled: CompiledPlan,
  { all = false, load = loadAsWritten } = {},
): string[] {
  const lastsMs = plannedDurationMs(compiled.groups);
  const users = compiled.groups.reduce(
    (sum, { phase, threads }) => sum + (phase === 'main' ? threads : 0),
    0,
  );
  return [
    `${plan.name} (${plan.file})`,
    ...(plan.description ? [plan.description] : []),
    '',
    `environment  ${plan.environment ?? 'none'}${plan.sandbox ? ', with the embedded sandbox' : ''}${switchesText(plan)}`,
    `users        ${users}`,
    `duration     ${lastsMs === null ? 'until the loops are done' : formatMs(lastsMs)}`,
    ...(loadChoiceText(load) ? [`set here     ${loadChoiceText(load)}, in place of what the plan says`] : []),
    ...propertyLines(plan, compiled),
    ...groupLines(all ? compiled.groups : compiled.groups.map(ownGroup)),
    ...section('Users over time', usersOverTime(compiled.groups)),
    ...section('Monitors', (compiled.monitors ?? []).map(monitorLine)),
    ...section('Metrics', compiled.metrics.map(metricLine)),
    ...section(
      'Thresholds',
      compiled.thresholds.map(({ text }) => `  ${text}`),
    ),
    ...section('Listeners', [`  ${compiled.listeners.map(({ kind }) => kind).join(', ')}`]),
  ].map((line) => (plan.sandbox ? namingSandbox(line) : line));
}

/** `; -Jproject_id=… chooses project`. */
function switchesText({ switches, environment }: Plan): string {
  const others = switches.filter((one) => one.environment !== environment);
  return others.map((one) => `; -J${one.property}=… chooses ${one.environment}`).join('');
}

function propertyLines(plan: Plan, { properties, secretNames }: CompiledPlan): string[] {
  const width = Math.max(0, ...plan.properties.map(({ name }) => textWidth(name)));
  const lines = plan.properties.map(({ name, from, description }) => {
    const value = secretNames.includes(name) ? '***' : (properties[name] ?? '(not set)');
    return `  ${name}${' '.repeat(width - textWidth(name))}  ${value}  (${from})${description ? `  ${description}` : ''}`;
  });
  return section('Properties', lines);
}

function groupLines(groups: readonly CompiledGroup[]): string[] {
  const times = plannedTimes(groups);
  return groups.flatMap((group, index) => {
    const start = times[index]?.startMs ?? null;
    const head =
      group.phase === 'main'
        ? `Thread group "${group.name}"`
        : group.phase === 'setUp'
          ? 'Set-up'
          : 'Tear-down';
    return section(head, [
      ...(group.phase === 'main' ? [`  ${loadText(group, groups, start)}`] : []),
      ...group.data.map((one) => `  data ${configText(one.config)}`),
      ...partLines('before its first iteration', group.setUp),
      ...stepLines(group.steps, 1),
      ...partLines('after its last iteration', group.tearDown),
      ...(group.phase === 'tearDown' && group.steps.length === 0
        ? ['  the clean-up that set-up asks for']
        : []),
    ]);
  });
}

/** What each user does beside the load. */
function partLines(when: string, part: CompiledPart | undefined): string[] {
  if (!part) return [];
  return [`  each user, ${when}${part.measure ? '' : ' (not counted)'}`, ...stepLines(part.steps, 2)];
}

/** `20 users, ramp-up 10s, for 1m, after "Constant" (from 1m)`. */
export function loadText(
  group: CompiledGroup,
  groups: readonly CompiledGroup[],
  startMs: number | null,
): string {
  const after = group.startAfter === null ? undefined : groups[group.startAfter];
  return [
    `${group.threads} user${group.threads === 1 ? '' : 's'}`,
    ...(group.rampUpMs > 0 ? [`ramp-up ${formatMs(group.rampUpMs)}`] : []),
    ...(group.delayMs > 0 ? [`delay ${formatMs(group.delayMs)}`] : []),
    group.loops === null ? '' : `${group.loops} loop${group.loops === 1 ? '' : 's'} each`,
    ...(group.durationMs === null ? [] : [`for ${formatMs(group.durationMs)}`]),
    ...(after ? [`after "${after.name}"${startMs === null ? '' : ` (from ${formatMs(startMs)})`}`] : []),
    ...(group.onError === 'continue' ? [] : [`on error ${group.onError}`]),
    ...(undoes(group) ? ['then the tear-down and clean-up of each user, at most for the grace period'] : []),
  ]
    .filter(Boolean)
    .join(', ');
}

/** `  data_throughput  counter of records  Records taken in.`. */
function metricLine({ name, type, unit, description }: Metric): string {
  return `  ${name}  ${type}${unit ? ` of ${unit}` : ''}${description ? `  ${description}` : ''}`;
}

/** `  api  process { port: 8080 }, every 1s`. */
function monitorLine({ kind, name, config, intervalMs }: CompiledMonitor): string {
  const own = Object.entries(config).filter(([key]) => key !== 'name' && key !== 'interval');
  return `  ${name}  ${kind} ${configText({ constant: Object.fromEntries(own) })}, every ${formatMs(intervalMs)}`;
}

function undoes(group: CompiledGroup): boolean {
  const keeps = [...walkGroup(group)].some(
    (step) => step.type === 'controller' && step.controller === 'cleanUp',
  );
  return keeps || group.tearDown !== undefined;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { Position } from '../model/errors.ts';
import type { LoadChoice } from '../model/load-choice.ts';
import type { PlanGroup } from '../model/plan.ts';
import { formatMs } from '../model/units.ts';
import { walkGroup } from '../model/walk-steps.ts';
import type { Compilation } from './compilation.ts';

export const loadAsWritten: LoadChoice = {};

/** `--threads 5, --duration 10s`; empty when nothing is set. */
export function loadChoiceText({ threads, loops, durationMs }: LoadChoice = loadAsWritten): string {
  return [
    ...(threads === undefined ? [] : [`--threads ${threads}`]),
    ...(loops === undefined ? [] : [`--loops ${loops}`]),
    ...(durationMs === undefined ? [] : [`--duration ${formatMs(durationMs)}`]),
  ].join(', ');
}

/** When users end. One of the two on the command line replaces both of the plan; null: without end. */
export function chosenEnd(choice: LoadChoice): Pick<CompiledGroup, 'loops' | 'durationMs'> | null {
  if (choice.loops === undefined && choice.durationMs === undefined) return null;
  return { loops: choice.loops ?? null, durationMs: choice.durationMs ?? null };
}

/** A group in which a chosen load would leave out users, or let them wait for others who never come, is a mistake. */
export function checkChosenLoad(
  compilation: Compilation,
  groups: readonly CompiledGroup[],
  choice: LoadChoice,
): void {
  const text = loadChoiceText(choice);
  if (text === '') return;
  for (const group of groups.filter(({ phase }) => phase === 'main')) {
    const written = compilation.plan.threadGroups.find(({ name }) => name === group.name);
    if (!written) continue;
    const at = (key: string) => compilation.locate(written.config, key) ?? written.at;
    const start = `${text} does not fit the group "${group.name}"`;
    if (choice.threads !== undefined && group.threads === 0) {
      compilation.problem(`${start}: ${noUser(written)}`, at('share'));
    }
    const late = startsTooLate(group);
    if (late !== null) compilation.problem(`${start}: ${late}`, at('rampUp'));
    if (choice.threads !== undefined) {
      for (const one of meetings(group)) compilation.problem(`${start}: ${one.message}`, one.at);
    }
  }
}

function noUser({ config }: PlanGroup): string {
  const share = 'share' in config ? String(config.share) : '';
  return `its share of ${share} % is less than one user. Give more threads.`;
}

/** Users start within the ramp-up, which is inside the duration. */
function startsTooLate({ threads, rampUpMs, durationMs }: CompiledGroup): string | null {
  if (durationMs === null || rampUpMs === 0 || (rampUpMs * (threads - 1)) / threads < durationMs) return null;
  const starting = Math.max(1, Math.ceil((durationMs * threads) / rampUpMs));
  return (
    `its ramp-up is ${formatMs(rampUpMs)} and its duration ${formatMs(durationMs)}, so that only ${starting} of its ` +
    `${threads} users would start. Give a longer --duration, or make the ramp-up shorter, best by a property.`
  );
}

/** Timers without a limit that wait for more users than the group has. */
function meetings(group: CompiledGroup): { readonly message: string; readonly at: Position | undefined }[] {
  const timers = [...walkGroup(group)].flatMap((step) => (step.type === 'sampler' ? step.timers : []));
  return [...new Set(timers)].flatMap(({ kind, config, at }) => {
    if (kind !== 'synchronize' || !('constant' in config)) return [];
    const known = new Map(Object.entries(config.constant ?? {}));
    const users: unknown = known.get('synchronize');
    if (typeof users !== 'number' || users <= group.threads || known.get('timeout') !== 0) return [];
    const has = `${group.threads} user${group.threads === 1 ? '' : 's'}`;
    const message = `a timer waits for ${users} users, and the group has ${has}. Give at least ${users} threads, or write synchronize: all, or a timeout.`;
    return [{ message, at: positionOf(at) }];
  });
}

/** `plans/a.yaml:12:5`. */
function positionOf(at: string): Position | undefined {
  const [, file = '', line, column] = /^(.*):(\d+):(\d+)$/s.exec(at) ?? [];
  return line === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}

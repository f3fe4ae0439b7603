import { didYouMean } from '../model/did-you-mean.ts';
import type { PlanGroup } from '../model/plan.ts';
import type { Reading } from './reading.ts';
import { isMapping, nameList, quote } from './shapes.ts';

/** Reports `startAfter:` that names no group that runs, and groups that wait for each other. */
export function checkGroupOrder(
  reading: Reading,
  groups: readonly PlanGroup[],
  written: readonly unknown[],
): void {
  const { positions, problems } = reading;
  const after = new Map(groups.map((group) => [group.name, startAfterOf(group)]));
  for (const group of groups) {
    const name = startAfterOf(group);
    const refusal =
      name === undefined || after.has(name) ? circleFrom(group.name, after) : missing(name, written);
    if (refusal) problems.add(positions.locate(group.config, 'startAfter'), refusal);
  }
}

function startAfterOf({ config }: PlanGroup): string | undefined {
  const name: unknown = 'startAfter' in config ? config.startAfter : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** A circle is told at its first group only: the one whose name comes first in it. */
function circleFrom(start: string, after: ReadonlyMap<string, string | undefined>): string | null {
  const circle = [start];
  let next = after.get(start);
  while (next !== undefined && next !== start && !circle.includes(next)) {
    circle.push(next);
    next = after.get(next);
  }
  if (next !== start || circle.some((name) => name < start)) return null;
  return `groups wait for each other: ${[...circle, start].join(' → ')}.`;
}

function missing(name: string, written: readonly unknown[]): string {
  const names = written.flatMap((raw) =>
    isMapping(raw) && typeof raw['name'] === 'string' ? [raw['name']] : [],
  );
  if (names.includes(name)) return `startAfter: the thread group ${quote(name)} does not run.`;
  const near = didYouMean(name.slice(0, 100), names) || ` Known: ${nameList(names)}.`;
  return `startAfter: there is no thread group ${quote(name)}.${near}`;
}

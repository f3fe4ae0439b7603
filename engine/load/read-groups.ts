import type { PlanGroup, PlanPart, PlanStep } from '../model/plan.ts';
import { loadKeys } from '../model/load-keys.ts';
import { groupSchema } from './group-keys.ts';
import { pick } from './long-form.ts';
import { emptyScope, readScope } from './read-scope.ts';
import { readSteps } from './read-steps.ts';
import { check, type Reading } from './reading.ts';
import { isMapping, quote, type Mapping } from './shapes.ts';

/** The thread groups that are enabled; names are unique among all. */
export function readGroups(reading: Reading, groups: readonly unknown[]): PlanGroup[] {
  const names = new Map<string, number>();
  return groups.flatMap((raw, index) => {
    const earlier = reading.problems.count;
    check(reading, groupSchema, raw, { what: 'thread group', holder: groups, key: index });
    if (!isMapping(raw)) return [];
    const sound = reading.problems.count === earlier ? Object.keys(loadKeys) : ['startAfter'];
    checkName(reading, raw, names);
    const group = readGroup(reading, raw, sound);
    return group && raw['enabled'] !== false ? [group] : [];
  });
}

function checkName({ positions, problems }: Reading, raw: Mapping, names: Map<string, number>): void {
  const { name } = raw;
  if (typeof name !== 'string') return;
  const at = positions.locate(raw, 'name');
  const earlierLine = names.get(name);
  if (earlierLine === undefined) names.set(name, at?.line ?? 0);
  else problems.add(at, `a second thread group is called ${quote(name)}, the first in line ${earlierLine}.`);
}

function readGroup(reading: Reading, raw: Mapping, configKeys: readonly string[]): PlanGroup | null {
  const { name } = raw;
  const scope = readScope(reading, raw);
  const steps = readContent(
    reading,
    raw,
    typeof name === 'string' ? `thread group ${quote(name)}` : 'thread group',
  );
  const at = reading.positions.locate(raw);
  if (typeof name !== 'string' || !at) return null;
  const parts = { ...readPart(reading, raw, 'setUp'), ...readPart(reading, raw, 'tearDown') };
  return { name, at, config: pick(reading, raw, configKeys), scope, steps, ...parts };
}

/** `setUp: [steps]`, or `setUp: { measure: true, steps: [steps] }`. */
function readPart(reading: Reading, raw: Mapping, key: 'setUp' | 'tearDown'): { [key: string]: PlanPart } {
  const { [key]: written } = raw;
  const list = isMapping(written) ? written['steps'] : written;
  const steps = readSteps(reading, list);
  return steps.length === 0
    ? {}
    : { [key]: { steps, measure: isMapping(written) && written['measure'] === true } };
}

/** The steps of a group; one step of kind `flow` when it names a flow. */
function readContent(reading: Reading, raw: Mapping, who: string): PlanStep[] {
  const { positions, problems } = reading;
  const hasFlow = Object.hasOwn(raw, 'flow');
  const hasSteps = Object.hasOwn(raw, 'steps');
  if (hasFlow && hasSteps)
    problems.add(positions.locateKey(raw, 'steps'), `${who} has "flow" and "steps". Keep one.`);
  if (!hasFlow && !hasSteps)
    problems.add(positions.locate(raw), `${who} needs "flow" or "steps": what its users do.`);
  const steps = readSteps(reading, raw['steps']);
  const { steps: written, enabled } = raw;
  if (Array.isArray(written) && written.length > 0 && enabled !== false && written.every(isSwitchedOff)) {
    problems.add(positions.locateKey(raw, 'steps'), `${who} has no step that is enabled.`);
  }
  return hasFlow && !hasSteps ? flowStep(reading, raw) : steps;
}

const isSwitchedOff = (step: unknown) => isMapping(step) && step['enabled'] === false;

function flowStep({ positions }: Reading, raw: Mapping): PlanStep[] {
  const { flow: name } = raw;
  const config = { name };
  const at = positions.locate(raw, 'flow');
  if (typeof name !== 'string' || !at) return [];
  positions.add(config, positions.locateKey(raw, 'flow') ?? at);
  positions.copyEntry(raw, 'flow', config, 'name');
  return [
    { kind: 'flow', name: undefined, config, at, scope: emptyScope, steps: [], branches: [], export: [] },
  ];
}

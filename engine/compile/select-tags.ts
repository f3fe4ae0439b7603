import type { CompiledBranch, CompiledGroup, CompiledStep } from '../model/compiled-plan.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import { walkSteps } from '../model/walk-steps.ts';

/** Which steps of the load run: `read` is a tag of that name with any value, `endpoint=quality` one with that value. */
export interface TagChoice {
  /** One of these must be there; empty: all steps. */
  readonly include: readonly string[];
  /** None of these may be. */
  readonly exclude: readonly string[];
}

export const allTags: TagChoice = { include: [], exclude: [] };

type Tags = CompiledStep['tags'];

/**
 * The groups with those steps of the load whose samplers are chosen by their tags; set-up and tear-down as they are.
 *
 * Controllers, branches and groups in which no sampler is left vanish with all that is in them. Steps without samplers, such
 * as pauses, stay where a sampler stays beside them.
 */
export function selectTags(
  groups: readonly CompiledGroup[],
  choice: TagChoice,
): { readonly groups: readonly CompiledGroup[]; readonly problems: readonly string[] } {
  if (choice.include.length + choice.exclude.length === 0) return { groups, problems: [] };
  const problems = unknownTags(groups, choice);
  const left = groups.map((group) =>
    group.phase === 'main' ? { ...group, steps: chosenSteps(group.steps, choice) } : group,
  );
  const kept = left.filter(({ phase, steps }) => phase !== 'main' || hasSampler(steps));
  if (problems.length === 0 && !kept.some(({ phase }) => phase === 'main')) {
    problems.push(`nothing of the load is left with ${choiceText(choice)}`);
  }
  // A group waits for the one before the one that is gone.
  const placeOf = (index: number | null): number | null => {
    const group = index === null ? undefined : left[index];
    if (!group) return null;
    const place = kept.indexOf(group);
    return place < 0 ? placeOf(group.startAfter) : place;
  };
  return { groups: kept.map((group) => ({ ...group, startAfter: placeOf(group.startAfter) })), problems };
}

function chosenSteps(steps: readonly CompiledStep[], choice: TagChoice): readonly CompiledStep[] {
  return steps.flatMap((step): CompiledStep[] => {
    if (step.type === 'sampler') return isIncluded(step.tags, choice) ? [step] : [];
    if (!hasSampler([step])) return isExcluded(step.tags, choice) ? [] : [step];
    // Beside steps, branches are what follows from them.
    if (step.steps.length === 0) {
      const branches = step.branches.flatMap((branch) => chosenBranch(branch, choice));
      return branches.length > 0 ? [{ ...step, branches }] : [];
    }
    const inside = chosenSteps(step.steps, choice);
    return hasSampler(inside) ? [{ ...step, steps: inside }] : [];
  });
}

function chosenBranch(branch: CompiledBranch, choice: TagChoice): CompiledBranch[] {
  const steps = chosenSteps(branch.steps, choice);
  return hasSampler(steps) || !hasSampler(branch.steps) ? [{ ...branch, steps }] : [];
}

function hasSampler(steps: readonly CompiledStep[]): boolean {
  for (const step of walkSteps(steps)) if (step.type === 'sampler') return true;
  return false;
}

function isIncluded(tags: Tags, choice: TagChoice): boolean {
  const wanted = choice.include.length === 0 || choice.include.some((one) => carries(tags, one));
  return wanted && !isExcluded(tags, choice);
}

function isExcluded(tags: Tags, { exclude }: TagChoice): boolean {
  return exclude.some((one) => carries(tags, one));
}

function carries(tags: Tags, selector: string): boolean {
  const [name = '', ...value] = selector.split('=');
  if (!Object.hasOwn(tags, name)) return false;
  return value.length === 0 || tags[name] === value.join('=');
}

/** Tags that no step of the load carries: a slip would leave out, or run, what nobody meant. */
function unknownTags(groups: readonly CompiledGroup[], choice: TagChoice): string[] {
  const known = new Set<string>();
  for (const step of walkSteps(groups.flatMap(({ phase, steps }) => (phase === 'main' ? steps : [])))) {
    for (const [name, value] of Object.entries(step.tags)) known.add(name).add(`${name}=${value}`);
  }
  const options = [
    ['--tags', choice.include],
    ['--exclude-tags', choice.exclude],
  ] as const;
  return options.flatMap(([option, selectors]) =>
    selectors
      .filter((one) => !known.has(one))
      .map((one) => `${option}: no step of the load has the tag "${one}".${hint(one, known)}`),
  );
}

function hint(selector: string, known: ReadonlySet<string>): string {
  const near = didYouMean(selector, known);
  if (near) return near;
  const names = [...known].filter((one) => !one.includes('=')).slice(0, 20);
  return names.length === 0 ? ' There are no tags.' : ` There are: ${names.join(', ')}.`;
}

function choiceText({ include, exclude }: TagChoice): string {
  return [
    ...(include.length > 0 ? [`--tags ${include.join(',')}`] : []),
    ...(exclude.length > 0 ? [`--exclude-tags ${exclude.join(',')}`] : []),
  ].join(' ');
}

import type {
  CompiledCheck,
  CompiledElement,
  CompiledGroup,
  CompiledPlan,
  CompiledStep,
} from '../model/compiled-plan.ts';
import { walkGroup } from '../model/walk-steps.ts';
import type { Doing } from './worker-slot.ts';

/**
 * Numbers for the steps and elements of a plan, from 1: the same in every thread, as all count through the same plan in
 * the same order. A worker notes them in shared memory, the main thread turns them back into words.
 */
export class Places {
  readonly #groups: readonly CompiledGroup[];
  readonly #numbers = new Map<object, number>();
  readonly #steps: CompiledStep[] = [];
  readonly #elements: { readonly role: string; readonly element: CompiledElement }[] = [];

  constructor({ groups }: Pick<CompiledPlan, 'groups'>) {
    this.#groups = groups;
    for (const group of groups) {
      for (const element of group.data) this.#element('data', element);
      for (const step of walkGroup(group)) this.#step(step);
    }
  }

  /** 0 for what has no number. */
  readonly numberOf = (place: CompiledStep | CompiledElement | null): number =>
    place === null ? 0 : (this.#numbers.get(place) ?? 0);

  /** `the extractor regex "token" of step "Log in" (plan.yaml:4:7), user "Users 1-2"`. */
  text({ group, user, step, element }: Doing): string {
    const known = this.#groups[group];
    const thread = known ? `, user "${known.name} ${known.number}-${user + 1}"` : '';
    const at = this.#steps[step - 1];
    const part = this.#elements[element - 1];
    const stepText = at ? `step ${labelOf(at)} (${at.at})` : `the group's own part`;
    if (!part) return `${stepText}${thread}`;
    const variable = part.element.variable === '' ? '' : ` "${part.element.variable}"`;
    return `the ${part.role} ${part.element.kind}${variable} of ${stepText}${thread}`;
  }

  #step(step: CompiledStep): void {
    if (this.#numbers.has(step)) return;
    this.#numbers.set(step, this.#steps.push(step));
    if (step.type === 'controller') {
      for (const element of step.data) this.#element('data', element);
      return;
    }
    const parts: readonly (readonly [string, readonly CompiledElement[]])[] = [
      ['processor', step.before],
      ['timer', step.timers],
      ['extractor', step.extractors],
      ['processor', step.after],
      ['assertion', step.assertions],
      ['check', step.checks.map(({ assertion }: CompiledCheck) => assertion)],
    ];
    for (const [role, elements] of parts) for (const element of elements) this.#element(role, element);
  }

  #element(role: string, element: CompiledElement): void {
    if (!this.#numbers.has(element)) this.#numbers.set(element, this.#elements.push({ role, element }));
  }
}

/** A label with holes is shown by what the plan wrote around them. */
function labelOf({ label }: CompiledStep): string {
  if (typeof label === 'string') return `"${label}"`;
  return `"${label.map((part) => (typeof part === 'string' ? part : '…')).join('')}"`;
}

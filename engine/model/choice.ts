/** The keys of which one makes a choice of a map, and what may stand beside each. */
export const choiceForms = {
  $chance: ['value'],
  $when: ['value'],
  $switch: ['cases', 'default'],
} as const;

export type ChoiceKey = keyof typeof choiceForms;

/**
 * Whether a value is written as a choice: `{ $chance: 50%, value: 7 }`, `{ $when: "${id} != ''", value: "${id}" }` or
 * `{ $switch: "${type}", cases: { GCS: … }, default: … }`. What is not chosen is left out.
 */
export function isChoice(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && choiceKey(value) !== undefined;
}

/** The first of the keys that make a choice. */
export function choiceKey(value: object): ChoiceKey | undefined {
  return choiceKeys.find((key) => Object.hasOwn(value, key));
}

const choiceKeys: readonly ChoiceKey[] = ['$chance', '$when', '$switch'];

import type { RenderScope } from '../scope.ts';

/** A user for tests: its variables, and a world that stands still. */
export function testScope(
  given: {
    readonly variables?: Record<string, string>;
    readonly properties?: Record<string, string>;
    readonly nowEpochMs?: number;
    /** Numbers that chance gives, in turn; then 0.5. */
    readonly chances?: readonly number[];
    readonly threadNumber?: number;
  } = {},
): RenderScope & { readonly variables: Map<string, string> } {
  const variables = new Map(Object.entries(given.variables ?? {}));
  const own = new Map<number, number>();
  const shared = new Map<number, number>();
  const chances = [...(given.chances ?? [])];
  const next = (counts: Map<number, number>, slot: number) => {
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
    return counts.get(slot) ?? 0;
  };
  return {
    variables,
    get: (name) => variables.get(name),
    set: (name, value) => variables.set(name, value),
    unset: (name) => variables.delete(name),
    properties: given.properties ?? {},
    threadName: 'Users 1-7',
    threadNumber: given.threadNumber ?? 7,
    nowEpochMs: () => given.nowEpochMs ?? 0,
    random: () => chances.shift() ?? 0.5,
    nextOwn: (slot) => next(own, slot),
    counters: { next: (slot) => next(shared, slot) },
  };
}

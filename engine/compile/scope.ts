import { isChoice } from '../model/choice.ts';
import type { PlanElement, Scope } from '../model/plan.ts';
import { type Compilation } from './compilation.ts';
import { isObject } from './config.ts';

/** Everything that applies where a step stands, gathered from the plan inwards: JMeter's rules of scope. */
export interface ScopeStack {
  /** By sampler kind: configurations to start from, outermost first. */
  readonly defaults: Readonly<Record<string, readonly object[]>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly expect: readonly string[] | null;
  /** Lists are outermost first, as pre-processors, post-processors and assertions run in JMeter. */
  readonly before: readonly PlanElement[];
  readonly timers: readonly PlanElement[];
  readonly extract: readonly PlanElement[];
  readonly after: readonly PlanElement[];
  readonly assert: readonly PlanElement[];
  readonly check: readonly PlanElement[];
}

export const emptyScope: ScopeStack = {
  defaults: {},
  tags: {},
  expect: null,
  before: [],
  timers: [],
  extract: [],
  after: [],
  assert: [],
  check: [],
};

export function withinScope(outer: ScopeStack, inner: Scope): ScopeStack {
  const defaults: Record<string, readonly object[]> = { ...outer.defaults };
  for (const [kind, config] of Object.entries(inner.defaults)) {
    defaults[kind] = [...(defaults[kind] ?? []), config];
  }
  return {
    defaults,
    tags: Object.keys(inner.tags).length > 0 ? { ...outer.tags, ...inner.tags } : outer.tags,
    expect: inner.expect ?? outer.expect,
    before: joined(outer.before, inner.before),
    timers: joined(outer.timers, inner.timers),
    extract: joined(outer.extract, inner.extract),
    after: joined(outer.after, inner.after),
    assert: joined(outer.assert, inner.assert),
    check: joined(outer.check, inner.check),
  };
}

/** The scope of steps that follow from another: its defaults and tags apply to them; what it reads of its answer does not. */
export function besideScope(outer: ScopeStack, inner: Scope): ScopeStack {
  const { defaults, tags } = withinScope(outer, inner);
  return { ...outer, defaults, tags };
}

/** The scope of what is done beside the load: the same without its timers, which are think time and pace. */
export function asideScope(scope: ScopeStack): ScopeStack {
  return { ...scope, timers: [] };
}

function joined(outer: readonly PlanElement[], inner: readonly PlanElement[]): readonly PlanElement[] {
  return inner.length > 0 ? [...outer, ...inner] : outer;
}

/**
 * Configurations laid over each other, the nearest last: its keys win. Maps such as headers merge key by key,
 * whatever the case of the key; lists and texts are replaced. Bodies exclude each other: a nearer one replaces
 * an outer one of another kind.
 */
export function mergedConfig(
  layers: readonly object[],
  exclusive: readonly (readonly string[])[],
  compilation: Compilation,
): Readonly<Record<string, unknown>> {
  return layers.reduce<Record<string, unknown>>((outer, layer) => {
    const rivals = exclusive.filter((keys) => keys.some((key) => Object.hasOwn(layer, key))).flat();
    const kept = Object.keys(outer).filter((key) => !rivals.includes(key));
    const base: Record<string, unknown> = {};
    for (const key of kept) copyKey(outer, base, key, compilation);
    return overlaid(base, layer, compilation, exclusive.flat());
  }, {});
}

function overlaid(
  outer: Readonly<Record<string, unknown>>,
  inner: object,
  compilation: Compilation,
  whole: readonly string[] = [],
): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const key of Object.keys(outer)) copyKey(outer, merged, key, compilation);
  for (const [key, value] of Object.entries(inner)) {
    const known = Object.keys(merged).find((one) => one.toLowerCase() === key.toLowerCase());
    const before = known === undefined ? undefined : merged[known];
    if (known !== undefined && known !== key) Reflect.deleteProperty(merged, known);
    const bothMaps = isMap(before) && isMap(value) && !whole.includes(key);
    merged[key] = bothMaps ? overlaid(before, value, compilation) : value;
    compilation.place(merged, key, compilation.locate(inner, key));
  }
  return merged;
}

/** A choice is one value, however it is written. */
function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !isChoice(value);
}

function copyKey(
  from: Readonly<Record<string, unknown>>,
  to: Record<string, unknown>,
  key: string,
  compilation: Compilation,
): void {
  to[key] = from[key];
  compilation.place(to, key, compilation.locate(from, key));
}

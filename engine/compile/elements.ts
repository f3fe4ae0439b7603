import type { CompiledElement } from '../model/compiled-plan.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { PlanElement } from '../model/plan.ts';
import { placeText, type Compilation } from './compilation.ts';
import { compileConfig } from './config.ts';

/** What compiling needs to know of a kind of element. */
interface ElementKind {
  readonly schema: JsonSchema;
  check?(config: Readonly<Record<string, unknown>>): string | null;
}

/** Extractors, assertions, timers, processors, data: their configuration compiled, their mistakes noted. */
export function compileElements(
  written: readonly PlanElement[],
  kinds: ReadonlyMap<string, ElementKind>,
  compilation: Compilation,
): CompiledElement[] {
  return written.map((one) => compilation.element(one, () => compileElement(one, kinds, compilation)));
}

function compileElement(
  { kind, variable = '', config, at }: PlanElement,
  kinds: ReadonlyMap<string, ElementKind>,
  compilation: Compilation,
): CompiledElement {
  const element = kinds.get(kind);
  const mistake = element?.check?.({ ...config }) ?? null;
  if (mistake) compilation.problem(mistake, compilation.locate(config, kind) ?? at);
  return {
    kind,
    slot: compilation.nextElementSlot(),
    variable,
    config: compileConfig({ value: config, schema: element?.schema ?? {}, path: '', at }, compilation),
    at: placeText(at),
  };
}

import { applyToMistake, reachesParts } from '../elements/apply-to.ts';
import { assertions } from '../elements/index.ts';
import type { CompiledCheck, CompiledElement } from '../model/compiled-plan.ts';
import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { PlanElement } from '../model/plan.ts';
import { placeText, type Compilation } from './compilation.ts';
import { compileConfig } from './config.ts';

/** What compiling needs to know of a kind of element. */
export interface ElementKind {
  readonly schema: JsonSchema;
  check?(config: Readonly<Record<string, unknown>>): string | null;
  sharedKey?(config: Readonly<Record<string, unknown>>): string | null;
  files?(config: Readonly<Record<string, unknown>>): readonly string[];
  pools?(config: Readonly<Record<string, unknown>>): readonly string[];
  families?(config: Readonly<Record<string, unknown>>): readonly string[];
}

/** Extractors, assertions, timers, processors, data: their configuration compiled, their mistakes noted. */
export function compileElements(
  written: readonly PlanElement[],
  kinds: ReadonlyMap<string, ElementKind>,
  compilation: Compilation,
): CompiledElement[] {
  return written.map((one) =>
    compilation.element(one, () => compileElement(one, kinds.get(one.kind), compilation)),
  );
}

/** Checks, each with the name under which its results are recorded. */
export function compileChecks(written: readonly PlanElement[], compilation: Compilation): CompiledCheck[] {
  const compiled = compileElements(written, assertions, compilation);
  return compiled.map((assertion, index) => ({ name: written[index]?.name ?? assertion.kind, assertion }));
}

function compileElement(
  { kind, variable = '', config, at }: PlanElement,
  element: ElementKind | undefined,
  compilation: Compilation,
): CompiledElement {
  const written = { ...config };
  const place = compilation.locate(config, kind) ?? at;
  if (element) noteNeeds(element, { written, place }, compilation);
  const mistake = applyToMistake(written);
  if (mistake) compilation.problem(mistake, compilation.locate(config, 'applyTo') ?? at);
  const applyTo = reachesParts(written);
  return {
    kind,
    slot: compilation.elementSlot(element?.sharedKey?.(written)),
    variable,
    ...(applyTo && { applyTo }),
    config: compileConfig({ value: config, schema: element?.schema ?? {}, path: '', at }, compilation),
    at: placeText(at),
  };
}

/** Mistakes that the schema cannot tell, and what must be there: files, pools, variables. */
export function noteNeeds(
  element: ElementKind,
  { written, place }: { readonly written: Readonly<Record<string, unknown>>; readonly place: Position },
  compilation: Compilation,
): void {
  const mistake = element.check?.(written) ?? null;
  if (mistake) compilation.problem(mistake, place);
  const each = (names: readonly string[] | undefined, note: (name: string) => unknown) =>
    names?.forEach(note);
  each(element.pools?.(written), (name) => compilation.checkPool(name, place));
  each(element.families?.(written), (name) => compilation.checkFamily(name, place));
  each(element.files?.(written), (path) => compilation.files.push({ path, at: place }));
}

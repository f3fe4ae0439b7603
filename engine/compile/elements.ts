import { applyToMistake, reachesParts } from '../elements/apply-to.ts';
import { assertions } from '../elements/index.ts';
import type { CompiledCheck, CompiledElement } from '../model/compiled-plan.ts';
import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import { knownPart } from '../model/known-part.ts';
import type { PlanElement } from '../model/plan.ts';
import type { ReadBytes } from '../model/ports.ts';
import type { KnownMistake } from '../model/sampler.ts';
import type { ConfigNode } from '../model/template.ts';
import { placeText, type Compilation } from './compilation.ts';
import { compileConfig, isObject } from './config.ts';

/** What compiling needs to know of a kind of element. */
export interface ElementKind {
  readonly schema: JsonSchema;
  check?(config: Readonly<Record<string, unknown>>): string | null;
  sharedKey?(config: Readonly<Record<string, unknown>>): string | null;
  files?(config: Readonly<Record<string, unknown>>): readonly string[];
  checkKnown?(known: Readonly<Record<string, unknown>>): readonly KnownMistake[];
  checkFiles?(known: Readonly<Record<string, unknown>>, read: ReadBytes): readonly KnownMistake[];
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
  const node = compileConfig({ value: config, schema: element?.schema ?? {}, path: '', at }, compilation);
  if (element) {
    noteKnownMistakes(element, { node, config, place }, compilation);
    noteWithKnown(element, { written, node, place }, compilation);
  }
  return {
    kind,
    slot: compilation.elementSlot(element?.sharedKey?.(written)),
    variable,
    ...(applyTo && { applyTo }),
    config: node,
    at: placeText(at),
  };
}

function noteKnownMistakes(
  element: ElementKind,
  { node, config, place }: { readonly node: ConfigNode; readonly config: object; readonly place: Position },
  compilation: Compilation,
): void {
  const known = element.checkKnown || element.checkFiles ? knownPart(node) : undefined;
  if (!isObject(known)) return;
  const placeOf = (key: string) => compilation.locate(config, key) ?? place;
  for (const { key, message } of element.checkKnown?.(known) ?? [])
    compilation.problem(message, placeOf(key));
  compilation.lateChecks.push((read) =>
    (element.checkFiles?.(known, read) ?? []).map(({ key, message }) => ({ at: placeOf(key), message })),
  );
}

/** Mistakes that only the texts show which templates make of what is known before the run: a pattern, a duration. */
export function noteWithKnown(
  element: Pick<ElementKind, 'check'>,
  { written, node, place }: Known,
  compilation: Compilation,
): void {
  const known = knownPart(node);
  if (!element.check || !isObject(known) || element.check(written) !== null) return;
  const made = Object.entries(written).flatMap(([key, text]) => {
    const value = known[key];
    const isMade = typeof text === 'string' && text.includes('${') && typeof value === 'string';
    return isMade ? [[key, value] as const] : [];
  });
  if (made.length === 0) return;
  const mistake = element.check({ ...written, ...Object.fromEntries(made) });
  if (mistake !== null) compilation.problem(mistake, place);
}

interface Known {
  readonly written: Readonly<Record<string, unknown>>;
  readonly node: ConfigNode;
  readonly place: Position;
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

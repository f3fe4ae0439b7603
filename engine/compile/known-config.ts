import type { Position } from '../model/errors.ts';
import { knownPart } from '../model/known-part.ts';
import type { ElementSyntax } from '../model/language.ts';
import type { ConfigNode } from '../model/template.ts';
import type { Compilation } from './compilation.ts';
import { isObject } from './config.ts';

/** A sampler's configuration: as written, and compiled. */
export interface SamplerConfig {
  readonly written: Readonly<Record<string, unknown>>;
  readonly node: ConfigNode;
  /** Where the step stands. */
  readonly at: Position;
}

/** Notes the files that a sampler reads, each at the place where it is named, and what is to be checked once all are there. */
export function noteKnown(
  syntax: ElementSyntax | undefined,
  { written, node, at }: SamplerConfig,
  compilation: Compilation,
): void {
  if (syntax?.writesFiles) compilation.written.add(null);
  if (!syntax?.files && !syntax?.checkKnown) return;
  const known = knownPart(node);
  if (!isObject(known)) return;
  for (const path of syntax.files?.(known) ?? []) {
    compilation.file({ path, at: placeOf(written, path, compilation) ?? at });
  }
  compilation.lateChecks.push((read) =>
    (syntax.checkKnown?.(known, read) ?? []).map(({ key, message }) => ({
      at: compilation.locate(written, key) ?? at,
      message,
    })),
  );
}

/** Where a text of the configuration is written; undefined when a template makes it. */
function placeOf(written: object, text: string, compilation: Compilation): Position | undefined {
  const entries: [string, unknown][] = Object.entries(written);
  for (const [key, value] of entries) {
    if (value === text) return compilation.locate(written, Array.isArray(written) ? Number(key) : key);
    const inside =
      typeof value === 'object' && value !== null ? placeOf(value, text, compilation) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

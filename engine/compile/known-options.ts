import type { Position } from '../model/errors.ts';
import type { ElementSyntax } from '../model/language.ts';
import { type Compilation } from './compilation.ts';
import { compileConfig, isObject } from './config.ts';

/**
 * The options of what has no user, such as a listener: they are known before the run. Null, with a problem, when
 * they are not, or are wrong once variables are in.
 */
export function knownOptions(
  { what, written, at }: { readonly what: string; readonly written: object; readonly at: Position },
  syntax: ElementSyntax | undefined,
  compilation: Compilation,
): Readonly<Record<string, unknown>> | null {
  const before = compilation.problems.length;
  const node = compileConfig({ value: written, schema: syntax?.schema ?? {}, path: '', at }, compilation);
  if (compilation.problems.length > before) return null;
  if ('constant' in node && isObject(node.constant)) return node.constant;
  compilation.problem(`the options of the ${what} must be known before the run`, at);
  return null;
}

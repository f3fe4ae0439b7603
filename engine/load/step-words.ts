import type { Language } from '../model/language.ts';
import type { StepWord } from './reading.ts';

/** The words that steps may start with: the kinds of samplers and controllers, and their aliases. */
export function stepWords({ samplers, controllers }: Language): Map<string, StepWord> {
  const words = new Map<string, StepWord>();
  for (const syntax of [...samplers, ...controllers]) {
    words.set(syntax.kind, { syntax, preset: undefined });
    for (const [alias, preset] of Object.entries(syntax.aliases ?? {})) words.set(alias, { syntax, preset });
  }
  return words;
}

import type { Answer } from './element.ts';

/**
 * Which answers of a sample an extractor or assertion looks at: JMeter's "Apply to"
 * (`AbstractScopedTestElement.java`). Sub-samples are the hops of a redirect and what a page embeds.
 */
export type ApplyTo = 'main' | 'subs' | 'all';

export const applyToSchema = {
  applyTo: {
    enum: ['main', 'subs', 'all'],
    literal: true,
    default: 'main',
    description:
      'Which answers are looked at, JMeter\'s "Apply to": that of the sample (`main`), those of its sub-samples (`subs`), such as redirects and embedded resources, or all of them, the sample\'s first. The last hop and the page are the answer of the sample and of a sub-sample. A sample may have no sub-samples.',
    examples: ['subs'],
  },
} as const;

/** What is written, where it reaches sub-samples; null: the sample alone. */
export function reachesParts({ applyTo }: Readonly<Record<string, unknown>>): 'subs' | 'all' | null {
  return applyTo === 'subs' || applyTo === 'all' ? applyTo : null;
}

/** The text of a variable is the same for all answers. */
export function applyToMistake(config: Readonly<Record<string, unknown>>): string | null {
  if (config['source'] === undefined || reachesParts(config) === null) return null;
  return 'source looks at a variable instead of answers, so that applyTo has no meaning; leave one of them out';
}

/** What is found in each of the answers, in their order: match numbers run over all of them. */
export function foundIn<T>(
  answer: Answer,
  applyTo: ApplyTo,
  find: (answer: Answer) => readonly T[],
): readonly T[] {
  if (applyTo === 'main') return find(answer);
  const main = applyTo === 'all' ? find(answer) : [];
  return [...main, ...answer.parts().flatMap(find)];
}

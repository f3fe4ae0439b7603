import { literalPattern } from '../model/literal-pattern.ts';
import { masked } from '../model/masked.ts';
import { cutParts } from '../secrets/search.ts';
import type { Told } from './told.ts';

/** A text that was rendered, and how it is shown. */
type Pair = readonly [text: string, shown: string];

/** Shorter texts are replaced only where they stand for themselves. */
const longEnough = 6;

/**
 * A text that quotes a configuration, such as a failure, with what holds a secret as it is shown. The texts of the
 * configuration are looked for as a whole: what merely contains the same letters stays.
 */
export function withoutSecrets(text: string, { value, shown }: Told<unknown>): string {
  if (text === '') return text;
  const pairs = [...pairsOf(value, shown)].flatMap(wordings);
  pairs.sort(([one], [other]) => other.length - one.length);
  return pairs.reduce(replaced, text);
}

/** The texts in a configuration that differ from what is shown of them. */
function* pairsOf(value: unknown, shown: unknown): Generator<Pair> {
  if (value === shown) return;
  if (typeof value === 'object' && value !== null) {
    const others: readonly (readonly [string, unknown])[] =
      typeof shown === 'object' && shown !== null ? Object.entries(shown) : [];
    const found = new Map(others);
    for (const [key, inner] of Object.entries(value)) {
      if (found.has(key)) yield* pairsOf(inner, found.get(key));
    }
  } else if (value !== '') yield [String(value), String(shown)];
}

function wordings([text, shown]: Pair): Pair[] {
  const json = (one: string) => JSON.stringify(one).slice(1, -1);
  const pairs: Pair[] = [
    [text, shown],
    [json(text), json(shown)],
    [encodedIn(text), encodedIn(shown)],
  ];
  return [...new Map(pairs)];
}

function encodedIn(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

function replaced(text: string, pair: Pair): string {
  return withoutCut(withoutWhole(text, pair), pair);
}

/** A quotation that leaves off the rest may end in the middle of a secret. */
function withoutCut(text: string, [wanted, shown]: Pair): string {
  let same = 0;
  while (same < wanted.length && wanted[same] === shown[same]) same += 1;
  const parts = cutParts(text, wanted, Math.max(same + 1, shortestCut));
  return parts.reduceRight(
    (rest, [start, end]) => rest.slice(0, start) + shown.slice(0, same) + masked + rest.slice(end),
    text,
  );
}

/** Less of the beginning of a text is likely to be of another. */
const shortestCut = 3;

function withoutWhole(text: string, [wanted, shown]: Pair): string {
  if (!text.includes(wanted)) return text;
  if (wanted.length >= longEnough) return text.replaceAll(wanted, () => shown);
  return text.replaceAll(
    new RegExp(`(?<![\\p{L}\\p{N}_.:/-])${literalPattern(wanted)}(?![\\p{L}\\p{N}_-]|[.:]\\p{N})`, 'gu'),
    () => shown,
  );
}

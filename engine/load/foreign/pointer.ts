import { ownPlace } from '../own-places.ts';
import { jmeterElement, jmeterProperty } from './jmeter-elements.ts';
import { sameLetters } from './named.ts';
import { placedWord, type WordPlace } from './places.ts';
import { foreignWord } from './words.ts';

/** Where an unknown word stands: among options of our own nothing of another tool is meant. */
export type Whereabouts = WordPlace | 'general' | 'environment' | 'own';

const inEnvironment =
  ' An environment sets "properties" and "variables"; the plan uses what it sets: "threads: ${users}", "baseUrl: ${base}".';

/**
 * What to do with an unknown word, as a sentence after a space: our spelling of it, where it belongs, or what another tool's word is
 * here. Nothing for a word that nobody knows.
 */
export function pointer(word: string, where: Whereabouts, known: Iterable<string> = []): string {
  const ours = sameLetters(word, known);
  if (ours !== undefined) return ` Did you mean "${ours}"?`;
  const [, cut] = /^([\w$-]+):\S/.exec(word) ?? [];
  if (cut !== undefined) return ` Put a space behind the colon: "${cut}: …".`;
  if (where === 'own') return '';
  const property = jmeterProperty(word);
  return property === null
    ? meaning(word, where)
    : pointer(property, where, known) || jmeterElement(word.split('.', 1)[0] ?? '');
}

function meaning(word: string, where: Exclude<Whereabouts, 'own'>): string {
  if (where === 'general') return generally(word);
  if (where === 'environment') return generally(word) || placedWord(word, 'http') ? inEnvironment : '';
  return placedWord(word, where) || (where === 'http' ? generally(word) : jmeterElement(word));
}

function generally(word: string): string {
  return ownPlace(word) || foreignWord(word) || jmeterElement(word);
}

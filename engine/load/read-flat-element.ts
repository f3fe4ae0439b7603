import { didYouMean } from '../model/did-you-mean.ts';
import type { ElementSyntax } from '../model/language.ts';
import { pointer, type Whereabouts } from './foreign/pointer.ts';
import { check, type Reading } from './reading.ts';
import { describeFound, isMapping, nameList, quote, type Mapping } from './shapes.ts';

export interface Entry {
  readonly holder: object;
  readonly key: string | number;
  readonly value: unknown;
  /** What words of other tools mean in place of its kind. */
  readonly words: Whereabouts;
}

/**
 * An extractor or assertion: `{ jsonPath: $.id, match: random }`, where the kind is one of the keys.
 *
 * A bare text stands for the first kind, where a variable is to be set (the key is then its name).
 * Null, with a problem, for what is wrong.
 */
export function readFlatElement(
  reading: Reading,
  syntaxes: readonly ElementSyntax[],
  entry: Entry,
): { kind: string; config: object } | null {
  const { holder, key, value } = entry;
  const [first] = syntaxes;
  const isBare = typeof key === 'string' && typeof value === 'string';
  const config = isBare && first ? spellOut(reading, first.kind, entry) : value;
  const syntax = isMapping(config)
    ? syntaxOf(reading, syntaxes, { config, words: entry.words })
    : refuse(reading, syntaxes, entry);
  if (!syntax || !isMapping(config)) return null;
  const bare = isBare ? syntax.kind : undefined;
  const earlier = reading.problems.count;
  check(reading, syntax.schema, config, {
    what: isBare ? key : syntax.kind,
    holder,
    key,
    bare,
    words: 'own',
  });
  return reading.problems.count === earlier ? { kind: syntax.kind, config } : null;
}

function spellOut({ positions }: Reading, kind: string, { holder, key, value }: Entry): Mapping {
  const config = { [kind]: value };
  const at = positions.locateKey(holder, key);
  if (at) positions.add(config, at);
  positions.copyEntry(holder, key, config, kind);
  return config;
}

function refuse(reading: Reading, syntaxes: readonly ElementSyntax[], { holder, key, value }: Entry): null {
  const kinds = syntaxes.map(({ kind }) => kind);
  const wanted = typeof key === 'string' ? 'a JSONPath or a mapping' : 'a mapping';
  const message = `expected ${wanted} with one of ${nameList(kinds)}, found ${describeFound(value)}.`;
  reading.problems.add(reading.positions.locate(holder, key), message);
  return null;
}

/** The kind whose name is a key. Another kind's name may be an option of it: `{ regex: …, header: … }`. */
function syntaxOf(
  reading: Reading,
  syntaxes: readonly ElementSyntax[],
  { config, words }: { readonly config: Mapping; readonly words: Whereabouts },
): ElementSyntax | null {
  const present = syntaxes.filter(({ kind }) => Object.hasOwn(config, kind));
  const owners = present.filter(({ kind, schema }) =>
    present.every((other) => other.kind === kind || Object.hasOwn(schema.properties ?? {}, other.kind)),
  );
  const [only] = present.length === 1 ? present : owners;
  if (only && (present.length === 1 || owners.length === 1)) return only;
  const at = reading.positions.locate(config);
  if (present.length > 1) {
    const [first, second] = present.map(({ kind }) => quote(kind));
    reading.problems.add(at, `expected one kind, found ${first} and ${second}. Write them as two.`);
  } else reading.problems.add(at, noKind(syntaxes, config, words));
  return null;
}

function noKind(syntaxes: readonly ElementSyntax[], config: Mapping, words: Whereabouts): string {
  const kinds = syntaxes.map(({ kind }) => kind);
  const keys = Object.keys(config).slice(0, 20);
  const near =
    keys.map((key) => pointer(key, words, kinds) || didYouMean(key.slice(0, 100), kinds)).find(Boolean) ?? '';
  const found = keys.length > 0 ? `found ${nameList(keys.map(quote))}` : 'found none of them';
  return `expected one of ${nameList(kinds)}, ${found}.${near}`;
}

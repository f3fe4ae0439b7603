import type { ElementSyntax } from '../model/language.ts';
import type { Reading } from './reading.ts';
import { describeFound, isMapping, nameList, quote, type Mapping } from './shapes.ts';

export interface Written {
  /** The step or listener that holds the element. */
  readonly holder: Mapping;
  /** The kind or alias, as written. */
  readonly word: string;
  readonly syntax: ElementSyntax;
  readonly preset?: Readonly<Record<string, unknown>> | undefined;
}

export interface LongForm {
  readonly config: Mapping;
  /** The property that the author gave as a bare value. */
  readonly bare: string | undefined;
}

/**
 * `get: /path` and `get: { path: /path }` as `{ method: GET, path: /path }`.
 *
 * The author's own mapping is kept where nothing is added to it; in a made one each entry stands where
 * the author wrote it. Null, with a problem, for a bare value of a kind that takes none.
 */
export function toLongForm(reading: Reading, written: Written): LongForm | null {
  const { holder, word, syntax, preset } = written;
  const value = holder[word];
  if (isMapping(value))
    return { config: preset ? withPreset(reading, written, value, preset) : value, bare: undefined };
  const isBare = value !== null && value !== undefined;
  if (isBare && syntax.scalar === undefined) {
    const known = Object.keys(syntax.schema.properties ?? {});
    const wanted = known.length > 0 ? `expected a mapping with ${nameList(known)}` : 'takes no value';
    const message = `${word}: ${wanted}, found ${describeFound(value)}.`;
    reading.problems.add(reading.positions.locate(holder, word), message);
    return null;
  }
  const bare = isBare ? syntax.scalar : undefined;
  const config = placedAtKey(reading, written, {
    ...preset,
    ...(bare === undefined ? {} : { [bare]: value }),
  });
  if (bare !== undefined) reading.positions.copyEntry(holder, word, config, bare);
  return { config, bare };
}

function withPreset(reading: Reading, written: Written, value: Mapping, preset: Mapping): Mapping {
  const { positions, problems } = reading;
  const config = placedAtKey(reading, written, { ...value, ...preset });
  for (const key of Object.keys(value)) {
    positions.copyEntry(value, key, config, key);
    if (!Object.hasOwn(preset, key)) continue;
    const { word, syntax } = written;
    problems.add(
      positions.locateKey(value, key),
      `${quote(word)} sets "${key}" itself. Write "${syntax.kind}" to choose.`,
    );
  }
  return config;
}

/** A made configuration, standing where the author wrote the kind. */
export function placedAtKey<T extends object>(
  { positions }: Reading,
  { holder, word }: Written,
  config: T,
): T {
  const at = positions.locateKey(holder, word);
  if (at) positions.add(config, at);
  return config;
}

/** A new mapping with those of the keys that are there, each standing where it stood. */
export function pick({ positions }: Reading, from: Mapping, keys: readonly string[]): Mapping {
  const picked = Object.fromEntries(
    keys.filter((key) => Object.hasOwn(from, key)).map((key) => [key, from[key]]),
  );
  const at = positions.locate(from);
  if (at) positions.add(picked, at);
  for (const key of Object.keys(picked)) positions.copyEntry(from, key, picked, key);
  return picked;
}

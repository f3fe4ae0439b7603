import { isJsonMap, type ExactJson } from '../../json/exact-number.ts';
import { readJson } from '../../json/read-json.ts';
import { didYouMean } from '../../model/did-you-mean.ts';
import { messageOf } from '../../model/errors.ts';
import type { ReadBytes } from '../../model/ports.ts';
import type { KnownMistake } from '../../model/sampler.ts';
import { scannedBytes, scannedText } from './scanned-text.ts';

/** What in a file of JSON does not go with what the plan says of it; found before the run. */
export function jsonMistakes(known: Readonly<Record<string, unknown>>, read: ReadBytes): KnownMistake[] {
  const { json, sets, stopAtEnd } = known;
  const file = String(json);
  const bytes = read(file, scannedBytes);
  const isWhole = bytes.length < scannedBytes;
  const text = scannedText(bytes);
  if (typeof text !== 'string') {
    return [{ key: 'json', message: `${file}: ${text.mistake} JSON is written in UTF-8.` }];
  }
  const rows = rowsIn(file, text, isWhole);
  if (rows === null) return [];
  if ('mistake' in rows) return [{ key: 'json', message: rows.mistake }];
  if (rows.length === 0) {
    return stopAtEnd === true ? [] : [{ key: 'json', message: `${file} holds no row of data.` }];
  }
  const keys = new Set(rows.flatMap((row) => (isJsonMap(row) ? Object.keys(row) : [])));
  const wanted = isWhole && Array.isArray(sets) ? sets.map(String) : [];
  return wanted.filter((name) => !keys.has(name)).map((name) => keyMistake(file, name, keys));
}

function keyMistake(file: string, name: string, keys: ReadonlySet<string>): KnownMistake {
  const hint = didYouMean(name, keys) || ` There are: ${[...keys].join(', ').slice(0, 200)}.`;
  return { key: 'sets', message: `no object in ${file} has the key "${name}".${hint}` };
}

type Found = readonly ExactJson[] | { readonly mistake: string } | null;

/** The objects; what is wrong with the file; or null where it is too large to say. */
function rowsIn(file: string, text: string, isWhole: boolean): Found {
  if (/\.(jsonl|ndjson)$/i.test(file))
    return rowsInLines(file, isWhole ? text.split('\n') : text.split('\n').slice(0, -1));
  if (!isWhole) return null;
  const value = parsed(text);
  if ('mistake' in value) return { mistake: `${file} is not JSON: ${value.mistake}` };
  return Array.isArray(value.of) ? value.of : { mistake: `${file} must hold a list of objects` };
}

function rowsInLines(file: string, lines: readonly string[]): Found {
  const rows: ExactJson[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const value = parsed(line);
    if ('mistake' in value) return { mistake: `${file}, line ${index + 1} is not JSON: ${value.mistake}` };
    rows.push(value.of);
  }
  return rows;
}

function parsed(text: string): { readonly of: ExactJson } | { readonly mistake: string } {
  try {
    return { of: readJson(text) };
  } catch (error) {
    return { mistake: messageOf(error) };
  }
}

import { didYouMean } from '../../model/did-you-mean.ts';
import type { ReadBytes } from '../../model/ports.ts';
import type { KnownMistake } from '../../model/sampler.ts';
import { csvRow } from './csv-row.ts';
import { scannedBytes, scannedText } from './scanned-text.ts';

/** Why a text names no encoding, or null. */
export function encodingMistake(encoding: unknown): string | null {
  if (typeof encoding !== 'string' || encoding === '') return null;
  try {
    new TextDecoder(encoding);
    return null;
  } catch {
    return `"${encoding}" is not an encoding that can be read. Write, for example, utf-8, iso-8859-1, windows-1252 or utf-16le`;
  }
}

/** What in a CSV file does not go with what the plan says of it; found before the run. An unknown encoding has been told. */
export function csvMistakes(known: Readonly<Record<string, unknown>>, read: ReadBytes): KnownMistake[] {
  const { csv, names, sets, delimiter, quoted, encoding, stopAtEnd, ignoreFirstLine } = known;
  if (encodingMistake(encoding) !== null) return [];
  const file = String(csv);
  const bytes = read(file, scannedBytes);
  const text = scannedText(bytes, typeof encoding === 'string' ? encoding : '');
  if (typeof text !== 'string') {
    const remedy = "Give the file's encoding, such as encoding: windows-1252.";
    return [{ key: 'csv', message: `${file}: ${text.mistake} ${remedy}` }];
  }
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== '');
  const form = { delimiter: typeof delimiter === 'string' ? delimiter : ',', quoted: quoted === true };
  const first = csvRow(lines[0] ?? '', form).map((name) => name.trim());
  const given = list(names);
  const skipped = given.length === 0 || ignoreFirstLine === true ? 1 : 0;
  const short = lines.length <= skipped && stopAtEnd !== true;
  const empty = short ? [{ key: 'csv', message: `${file} holds no row of data.` }] : [];
  if (given.length > 0) return [...empty, ...headerAsData(file, { first, given, skipped })];
  return [...empty, ...list(sets).flatMap((name) => columnMistake(file, name, first))];
}

/** A row that equals the names is a header, which would be sent as data. */
function headerAsData(
  file: string,
  { first, given, skipped }: { first: readonly string[]; given: readonly string[]; skipped: number },
): KnownMistake[] {
  const same = first.length === given.length && first.every((name, index) => name === given[index]);
  if (!same || skipped > 0) return [];
  const message = `the first line of ${file} is the names themselves, and would be sent as data. Write ignoreFirstLine: true, or leave names out.`;
  return [{ key: 'names', message }];
}

function columnMistake(file: string, name: string, header: readonly string[]): KnownMistake[] {
  const found = header.filter((column) => column === name).length;
  if (found === 1) return [];
  const message =
    found > 1
      ? `the first line of ${file} names the column "${name}" ${found} times.`
      : `${file} has no column "${name}".${didYouMean(name, header) || ` Its first line has: ${header.join(', ').slice(0, 200)}.`}`;
  return [{ key: 'sets', message }];
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
